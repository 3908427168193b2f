import { z } from 'zod';
import { isPair, type PairRow, pairRow } from '../pairs/pair-row.ts';

const watchedRow = z.object({
  layer: z.literal('WATCHED'),
  days: z.array(z.number()),
  coveredMs: z.array(z.number()),
  silence: z.number(),
});
type WatchedRow = z.infer<typeof watchedRow>;

export const awakenedRead = z.union([pairRow, watchedRow]);

/** A caller that speaks again to whom it had long been silent. */
export const awakenedRow = z.object({
  callerKey: z.string(),
  callerLabel: z.string(),
  caller: z.string(),
  callees: z.array(z.object({ label: z.string(), key: z.string(), name: z.string() })),
  count: z.number(),
  first: z.number(),
  /** When the last of the pairs had fallen silent. */
  before: z.number(),
});

type AwakenedRow = z.infer<typeof awakenedRow>;

const DAY_MS = 86_400_000;
/** A scan now and then fails; below this a silence is rather one of ours. */
const LEAST_WATCHED = 0.9;
/** A pair that has been silent for half as long before does it now and then: a monthly job is none of our business. */
const HABIT = 2;

/** One row a caller. A pair counts when it was silent for longer than it ever used to be, and somebody listened. */
export function awakened(rows: readonly z.infer<typeof awakenedRead>[]): AwakenedRow[] {
  const watched = rows.find((row): row is WatchedRow => row.layer === 'WATCHED');
  if (!watched) return [];
  const pairs = rows.filter(isPair).filter((pair) => isAwakened(pair, watched));
  return [...Map.groupBy(pairs, ({ callerKey }) => callerKey)].flatMap(([callerKey, woken]) => {
    const [sample] = woken;
    if (!sample) return [];
    return {
      callerKey,
      callerLabel: sample.callerLabel,
      caller: sample.caller,
      callees: woken.map(({ calleeLabel, calleeKey, callee }) => ({
        label: calleeLabel,
        key: calleeKey,
        name: callee,
      })),
      count: woken.reduce((sum, { count }) => sum + count, 0),
      first: Math.min(...woken.map(({ first }) => first)),
      before: Math.max(...woken.map(({ history }) => lastOf(history))),
    };
  });
}

function isAwakened({ history, first }: PairRow, watched: WatchedRow): boolean {
  if (history.length === 0) return false;
  const before = lastOf(history);
  const silence = first - before;
  return (
    silence >= watched.silence &&
    silence >= HABIT * longestGap(history) &&
    watchedShare(before, first, watched) >= LEAST_WATCHED
  );
}

const lastOf = (history: PairRow['history']): number => Math.max(...history.map(([, last]) => last));

/** The longest time between two spans; they come by when they began, and those of several ports may overlap. */
function longestGap(history: PairRow['history']): number {
  let longest = 0;
  let end = history[0]?.[1] ?? 0;
  for (const [from, to] of history) {
    longest = Math.max(longest, from - end);
    end = Math.max(end, to);
  }
  return longest;
}

/** The share of the whole days of a span that traffic windows covered. */
function watchedShare(from: number, to: number, { days, coveredMs }: WatchedRow): number {
  const [start, end] = [Math.ceil(from / DAY_MS) * DAY_MS, Math.floor(to / DAY_MS) * DAY_MS];
  const covered = days.reduce((sum, day, i) => sum + (day >= start && day < end ? (coveredMs[i] ?? 0) : 0), 0);
  return covered / (end - start);
}
