import type { Hop } from '../edges/hops.ts';
import type { AnswerColumn, AnswerRow } from '../question.ts';
import { type Direction, type Reached, type Walk, wayOf } from './walk.ts';

/** What a table shows of a way, and of what is at its end. */
export const WAY_COLUMNS: readonly AnswerColumn[] = [
  { name: 'hops', title: 'hops', meaning: 'calls on the shortest way' },
  { name: 'way', title: 'way', meaning: 'the shortest way, over calls that were let through' },
  { name: 'mTls', title: 'every hop mTLS', meaning: 'whether each of its calls was mutual TLS' },
  { name: 'holds', title: 'data', meaning: 'classes of data it holds' },
  { name: 'exposedTo', title: 'exposed to', meaning: 'from where it may be reached, as the entity model says' },
  {
    name: 'last',
    title: 'last seen',
    kind: 'instant',
    meaning: 'when the call of the way that is longest ago was last seen',
  },
];

/** A way is as secure as its least secure hop, and as recent as its oldest. */
export function wayCells({ distance, mTls, last }: Reached, node: number) {
  const hops = distance[node] as number;
  return { hops, mTls: hops > 0 ? mTls[node] === 1 : null, last: hops > 0 ? (last[node] as number) : null };
}

/** The way to the node whose key a row holds, hop by hop. */
export const wayToRow = (walk: Walk, reached: Reached, key: AnswerRow[string], direction: Direction): Hop[] =>
  wayOf(walk, reached, walk.indices.get(String(key)) ?? -1, direction);
