import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import { difference } from '../changes/difference.ts';
import { defineQuestion } from '../question.ts';
import { rowOf, toldOf } from '../rows-of.ts';
import ledger from '../watched/query.cypher';
import { beforeIt, transformWatched, windowRow } from '../watched/watched.ts';
import query from './query.cypher';

const released = z.object({
  at: z.number(),
  entity: z.string(),
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
type Released = z.infer<typeof released>;

const pairRow = rowOf(
  'pair',
  z.object({
    fromKey: z.string(),
    from: z.string(),
    toKey: z.string(),
    to: z.string(),
    first: z.number(),
    ports: z.array(z.number()),
    verdicts: z.array(z.string()),
    tls: z.array(z.string()),
    count: z.number(),
    released: z.array(released),
  }),
);

export const newEdges = defineQuestion({
  id: 'new-edges',
  title: 'Who called whom for the first time ever, and what was released then?',
  parameters: [
    {
      name: 'around',
      meaning: 'how long before the first call a change may have been seen to be told with it',
      kind: 'duration',
      defaultMs: parseDuration('1h'),
    },
  ],
  columns: [
    { name: 'first', title: 'first call', kind: 'instant', meaning: 'the first window of all it was seen in' },
    {
      name: 'caller',
      title: 'caller',
      meaning: 'the workload; the identity or "unauthenticated" where no workload is known',
    },
    { name: 'callee', title: 'callee', meaning: 'what was called' },
    { name: 'ports', title: 'ports', meaning: 'the ports called' },
    { name: 'count', title: 'count', meaning: 'requests or connections in the period' },
    { name: 'before', title: 'before that', meaning: 'nothing: it was watched; unknown: nobody watched' },
    {
      name: 'released',
      title: 'released then',
      meaning: 'changes, new pods and what appeared at either end, as scans saw it',
    },
  ],
  scope: { columns: ['callerKey', 'calleeKey'], meaning: 'the caller or the callee' },
  example: {},
  query: `${ledger}\nUNION ALL\n${query}`,
  row: z.union([windowRow, pairRow]),
  answer: (rows, { since }) => {
    const watched = transformWatched(rows.filter((row) => row.what === 'window'));
    const pairs = toldOf(rows, 'pair');
    return {
      rows: pairs
        .map((pair) => ({
          first: pair.first,
          caller: pair.from,
          callee: pair.to,
          ports: pair.ports.toSorted((a, b) => a - b).map(String),
          count: pair.count,
          verdicts: pair.verdicts.toSorted(),
          tls: pair.tls.toSorted(),
          before: beforeIt(watched, pair.first) === 'watched' ? 'nothing' : 'unknown',
          released: pair.released.map(releaseText),
          callerKey: pair.fromKey,
          calleeKey: pair.toKey,
        }))
        .sort((a, b) => a.first - b.first || (a.callerKey + a.calleeKey < b.callerKey + b.calleeKey ? -1 : 1)),
      summary: (some) => {
        const { began = 0 } = watched;
        const older =
          began >= since ? `; what called when watching began, at ${formatInstant(began)}, is not told` : '';
        return `${some.length} ${some.length === 1 ? 'pair' : 'pairs'} called for the first time${older}`;
      },
    };
  },
});

function releaseText({ entity, path, before, after }: Released): string {
  if (path === 'appeared') return `${entity} appeared`;
  return path === 'pod' ? `${entity}: new pod ${after}` : `${entity}: ${difference(path, before, after)}`;
}
