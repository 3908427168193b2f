import { z } from 'zod';
import { formatInstant } from '../../domain/instant.ts';
import { learntRow, newPairs, type PairRow, pairRow } from '../pairs/pair-row.ts';
import type { Hop } from './hops.ts';
import { type Reached, walk, wayTo } from './walk.ts';
import { type WayRow, wayRow } from './way-row.ts';
import { toWays, type Ways, wayText } from './ways.ts';

/** What a check of new ways reads: hops, what their ends are, pairs that are new, and since when that counts. */
export const newWayRead = z.union([wayRow, pairRow, learntRow]);
type Read = z.infer<typeof newWayRead>;

/** A new pair that leads to something, and who gained a way to it through it. */
export const newWayRow = z.object({
  callerKey: z.string(),
  callerLabel: z.string(),
  caller: z.string(),
  calleeKey: z.string(),
  calleeLabel: z.string(),
  callee: z.string(),
  /** What it leads to, in words. */
  what: z.array(z.string()),
  endKey: z.string(),
  endLabel: z.string(),
  end: z.string(),
  way: z.string(),
  gained: z.number(),
  first: z.number(),
  watchedSince: z.number(),
});

export type NewWayRow = z.infer<typeof newWayRow>;

/** Nodes that hold or may do something, by its name. */
type Ends = ReadonlyMap<string, readonly string[]>;

/**
 * One row a new pair that opens a way to something: its caller had none over the other calls of the period, nor over the
 * callees it had before. Who reaches it only through the pair is counted with it.
 */
export const newWays =
  (endsOf: (ways: Ways) => Ends, wordsOf: (goal: string, end: string, ways: Ways) => string) =>
  (rows: readonly Read[]): NewWayRow[] => {
    const fresh = new Map(newPairs(rows).map((pair) => [`${pair.callerKey} ${pair.calleeKey}`, pair]));
    if (fresh.size === 0) return [];
    const ways = toWays(rows.filter((row): row is WayRow => row.layer !== 'PAIR' && row.layer !== 'LEARNT'));
    const known = ways.hops.filter(({ from, to }) => !fresh.has(`${from} ${to}`));
    const opened = [...endsOf(ways)].flatMap(([goal, ends]) => {
      const before = walk(ends, known, 'against');
      const now = walk(ends, ways.hops, 'against');
      const gained = Map.groupBy(
        [...now.keys()].filter((node) => !before.has(node)),
        (node) => openingPair(wayTo(node, now, 'against'), before, fresh),
      );
      return [...gained].flatMap(([pair, nodes]) => {
        if (!pair || pair.formerly.some((callee) => before.has(callee))) return [];
        return { pair, nodes, way: wayTo(pair.callerKey, now, 'against'), goal };
      });
    });
    return [...Map.groupBy(opened, ({ pair }) => pair).values()].flatMap((goals) => {
      const [first] = goals.toSorted((a, b) => a.way.length - b.way.length);
      if (!first) return [];
      const { pair, way } = first;
      const endKey = way.at(-1)?.to ?? pair.calleeKey;
      const { callerKey, callerLabel, caller, calleeKey, calleeLabel, callee, watchedSince } = pair;
      return {
        ...{ callerKey, callerLabel, caller, calleeKey, calleeLabel, callee, first: pair.first, watchedSince },
        ...{ endKey, endLabel: ways.refTo(endKey).label, end: ways.nameOf(endKey) },
        what: goals.map((one) => wordsOf(one.goal, one.way.at(-1)?.to ?? pair.calleeKey, ways)),
        way: wayText(callerKey, way, ways),
        gained: new Set(goals.flatMap(({ nodes }) => nodes)).size,
      };
    });
  };

/** The pair of a way whose callee had a way before. */
function openingPair<Pair extends PairRow>(
  way: readonly Hop[],
  before: Reached<Hop>,
  fresh: ReadonlyMap<string, Pair>,
): Pair | undefined {
  const hop = way.find(({ from, to }) => !before.has(from) && before.has(to));
  return hop && fresh.get(`${hop.from} ${hop.to}`);
}

/** `batch/reports and 2 that reach it gained a way to personal data when it first called books/books at ...: a → b → c`. */
export function newWayText({ caller, callee, gained, what, first, way, watchedSince }: NewWayRow): string {
  const others = gained - 1;
  const rest = others === 0 ? '' : others === 1 ? ' and 1 that reaches it' : ` and ${others} that reach it`;
  return (
    `${caller}${rest} gained a way to ${what.join(' and ')} when it first called ${callee} at ${formatInstant(first)}: ${way}; ` +
    `watched since ${formatInstant(watchedSince)}`
  );
}
