import { z } from 'zod';
import { defineQuestion } from '../question.ts';
import { rowOf, toldOf } from '../rows-of.ts';
import ledger from '../watched/query.cypher';
import { QUIET } from '../watched/quiet.ts';
import { afterIt, beforeIt, quietMs, transformWatched, windowRow } from '../watched/watched.ts';
import query from './query.cypher';

const denialRow = rowOf(
  'denial',
  z.object({
    verdict: z.string(),
    policy: z.string(),
    port: z.number(),
    tcp: z.boolean(),
    count: z.number(),
    first: z.number(),
    last: z.number(),
    fromKey: z.string(),
    fromLabel: z.string(),
    from: z.string(),
    toKey: z.string(),
    to: z.string(),
    owners: z.array(z.object({ key: z.string(), name: z.string() })),
    known: z.number().nullable(),
  }),
);

export const denied = defineQuestion({
  id: 'denied',
  title: 'Who was turned away, where and by what, since when, and is it new?',
  parameters: [QUIET],
  columns: [
    {
      name: 'caller',
      title: 'caller',
      meaning: 'the workloads that carry the identity; "unauthenticated" for callers without one',
    },
    { name: 'identity', title: 'identity', meaning: 'what it showed to the called side' },
    { name: 'callee', title: 'callee', meaning: 'where it was turned away' },
    { name: 'port', title: 'port', meaning: 'the port called' },
    { name: 'verdict', title: 'verdict', meaning: 'what the proxy of the called side did; refused: the own proxy' },
    { name: 'policy', title: 'by', meaning: 'the Server and route it met, the rate limit, or the EgressNetwork' },
    { name: 'count', title: 'count', meaning: 'how many in the period' },
    { name: 'unit', title: 'of', meaning: 'requests, or connections where the protocol is TCP' },
    {
      name: 'novelty',
      title: 'new',
      meaning: 'new: the first time ever, and watched before; unknown: nobody watched before',
    },
    { name: 'first', title: 'since', kind: 'instant', meaning: 'the first window of all it was seen in' },
    { name: 'last', title: 'until', kind: 'instant', meaning: 'the end of the last one' },
    { name: 'ended', title: 'after that', meaning: 'ended: nothing was seen any more; unknown: nobody watched' },
  ],
  scope: { columns: ['callerKey', 'carrierKeys', 'calleeKey'], meaning: 'who was turned away, or where' },
  example: {},
  query: `${ledger}\nUNION ALL\n${query}`,
  row: z.union([windowRow, denialRow]),
  answer: (rows, { at, values }) => {
    const watched = transformWatched(rows.filter((row) => row.what === 'window'));
    const quiet = quietMs(watched, values.quiet);
    const told = toldOf(rows, 'denial').map((one) => ({
      caller: one.owners.map(({ name }) => name).join(', ') || one.from,
      identity: one.fromLabel === 'Identity' ? one.from : null,
      callee: one.to,
      port: one.port,
      verdict: one.verdict,
      policy: one.policy,
      count: one.count,
      unit: one.tcp ? 'connections' : 'requests',
      novelty: one.known === null ? NOVELTY[beforeIt(watched, one.first)] : 'known',
      first: one.known ?? one.first,
      last: one.last,
      ended: afterIt(watched, one.last, at, quiet),
      callerKey: one.fromKey,
      carrierKeys: one.owners.map(({ key }) => key),
      calleeKey: one.toKey,
    }));
    return {
      rows: told.sort((a, b) => b.count - a.count || (orderOf(a) < orderOf(b) ? -1 : 1)),
      summary: (some) => {
        const callers = new Set(some.map(({ caller }) => caller)).size;
        const fresh = some.filter(({ novelty }) => novelty === 'new').length;
        const still = some.filter(({ ended }) => ended === 'goes on').length;
        return `${callers} ${callers === 1 ? 'caller was' : 'callers were'} turned away, in ${some.length} ${some.length === 1 ? 'way' : 'ways'}: ${fresh} new, ${still} going on`;
      },
    };
  },
});

const NOVELTY = { watched: 'new', unwatched: 'unknown' } as const;

const orderOf = ({ callerKey, calleeKey, port, policy }: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([callerKey, calleeKey, port, policy]);
