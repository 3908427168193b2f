import { wayText } from '../edges/hops.ts';
import type { AnswerColumn } from '../question.ts';
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

/** A way is as secure as its least secure hop, and as recent as its oldest. Its text is made when it is read: rows may be cut. */
export function wayCells(walk: Walk, reached: Reached, node: number, direction: Direction) {
  const hops = reached.distance[node] as number;
  return {
    hops,
    mTls: hops > 0 ? reached.mTls[node] === 1 : null,
    last: hops > 0 ? (reached.last[node] as number) : null,
    get way() {
      return wayText(wayOf(walk, reached, node, direction));
    },
  };
}
