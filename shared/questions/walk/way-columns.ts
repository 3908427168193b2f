import { wayText } from '../edges/hops.ts';
import type { AnswerColumn } from '../question.ts';
import type { WalkHop } from './walk.ts';

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
export const wayCells = (way: readonly WalkHop[]) => ({
  hops: way.length,
  way: wayText(way),
  mTls: way.length > 0 ? way.every(({ mTls }) => mTls) : null,
  last: way.length > 0 ? Math.min(...way.map(({ last }) => last)) : null,
});
