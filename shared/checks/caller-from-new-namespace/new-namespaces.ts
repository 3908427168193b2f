import { z } from 'zod';
import { learntRow, newPairs, pairRow } from '../pairs/pair-row.ts';

export const newNamespaceRead = z.union([pairRow, learntRow]);

/** A namespace that called into another for the first time: everybody of it who did. */
export const newNamespaceRow = z.object({
  callerNamespace: z.string(),
  calleeNamespace: z.string(),
  callers: z.array(z.object({ label: z.string(), key: z.string() })),
  callees: z.array(z.object({ label: z.string(), key: z.string() })),
  /** `a → b`, busiest first. */
  pairs: z.array(z.string()),
  count: z.number(),
  first: z.number(),
  watchedSince: z.number(),
});

export type NewNamespaceRow = z.infer<typeof newNamespaceRow>;

/** One row a pair of namespaces between which nobody had called before. */
export function newNamespaces(rows: readonly z.infer<typeof newNamespaceRead>[]): NewNamespaceRow[] {
  const strangers = newPairs(rows).flatMap((pair) => {
    const { callerNamespace, calleeNamespace, namespaceKnown } = pair;
    if (namespaceKnown || callerNamespace === null || calleeNamespace === null) return [];
    return callerNamespace === calleeNamespace ? [] : { ...pair, callerNamespace, calleeNamespace };
  });
  const between = Map.groupBy(strangers, (pair) => `${pair.callerNamespace} ${pair.calleeNamespace}`);
  return [...between.values()].flatMap((pairs) => {
    const [sample] = pairs;
    if (!sample) return [];
    const { callerNamespace, calleeNamespace, watchedSince } = sample;
    const sorted = pairs.toSorted(
      (a, b) => b.count - a.count || (a.callerKey + a.calleeKey < b.callerKey + b.calleeKey ? -1 : 1),
    );
    const nodes = (all: readonly { label: string; key: string }[]) => [
      ...new Map(all.map((node) => [node.key, node])).values(),
    ];
    return {
      callerNamespace,
      calleeNamespace,
      callers: nodes(sorted.map(({ callerLabel, callerKey }) => ({ label: callerLabel, key: callerKey }))),
      callees: nodes(sorted.map(({ calleeLabel, calleeKey }) => ({ label: calleeLabel, key: calleeKey }))),
      pairs: sorted.map(({ caller, callee }) => `${caller} → ${callee}`),
      count: pairs.reduce((sum, { count }) => sum + count, 0),
      first: Math.min(...pairs.map(({ first }) => first)),
      watchedSince,
    };
  });
}
