import { z } from 'zod';

/** A row of pairs.cypher: a pair that spoke in the period and not in the day before it. Instants in epoch milliseconds. */
export const pairRow = z.object({
  layer: z.literal('PAIR'),
  callerKey: z.string(),
  callerLabel: z.string(),
  callerNamespace: z.string().nullable(),
  caller: z.string(),
  calleeKey: z.string(),
  calleeLabel: z.string(),
  calleeNamespace: z.string().nullable(),
  callee: z.string(),
  ports: z.array(z.number()),
  count: z.number(),
  first: z.number(),
  /** When it had spoken before the period: spans from first to last, by when they began. Empty = the pair is new. */
  history: z.array(z.tuple([z.number(), z.number()])),
  formerly: z.array(z.string()),
  namespaceKnown: z.boolean(),
});

/** The row of learnt.cypher. */
export const learntRow = z.object({ layer: z.literal('LEARNT'), watchedSince: z.number(), learntAt: z.number() });

export type PairRow = z.infer<typeof pairRow>;
type LearntRow = z.infer<typeof learntRow>;

export const isPair = (row: { readonly layer: string }): row is PairRow => row.layer === 'PAIR';
const isLearnt = (row: { readonly layer: string }): row is LearntRow => row.layer === 'LEARNT';

/** Pairs seen for the first time when everybody had had the time to be seen, each with since when the mesh is watched. */
export function newPairs(rows: readonly { readonly layer: string }[]): (PairRow & { readonly watchedSince: number })[] {
  const learnt = rows.find(isLearnt);
  if (!learnt) return [];
  return rows
    .filter(isPair)
    .filter(({ history, first }) => history.length === 0 && first >= learnt.learntAt)
    .map((pair) => ({ ...pair, watchedSince: learnt.watchedSince }));
}
