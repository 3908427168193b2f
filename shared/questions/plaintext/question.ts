import { z } from 'zod';
import { formatDuration } from '../../domain/duration.ts';
import { defineQuestion } from '../question.ts';
import { rowOf, toldOf } from '../rows-of.ts';
import ledger from '../watched/query.cypher';
import { LOOK_BACK_MS, QUIET } from '../watched/quiet.ts';
import { type Span, spansOf } from '../watched/spans.ts';
import { quietMs, transformWatched, windowRow } from '../watched/watched.ts';
import query from './query.cypher';

const pairRow = rowOf(
  'pair',
  z.object({
    layer: z.enum(['CALLED', 'ARRIVED_AT']),
    port: z.number(),
    verdict: z.string().nullable(),
    tcp: z.boolean(),
    reasons: z.array(z.string()),
    fromKey: z.string(),
    from: z.string(),
    toKey: z.string(),
    to: z.string(),
    runs: z.array(z.object({ from: z.number(), to: z.number(), count: z.number() })),
    earlier: z.boolean(),
  }),
);
type Pair = z.infer<typeof pairRow>['told'];

export const plaintext = defineQuestion({
  id: 'plaintext',
  title: "Which calls went without the mesh's TLS, between whom, since when and until when?",
  parameters: [QUIET],
  columns: [
    { name: 'caller', title: 'caller', meaning: 'the workload; "unauthenticated" where the called side tells' },
    { name: 'callee', title: 'callee', meaning: 'the workload, Service, egress network or external address called' },
    { name: 'port', title: 'port', meaning: 'the port called' },
    { name: 'seenBy', title: 'seen by', meaning: 'whose proxy told it: that of the caller or that of the callee' },
    { name: 'verdict', title: 'verdict', meaning: 'what the called side did with it; only it tells' },
    { name: 'count', title: 'count', meaning: 'how many in the period' },
    { name: 'unit', title: 'of', meaning: 'requests, or connections where the protocol is TCP' },
    { name: 'reasons', title: 'why', meaning: 'no_tls_reason of the proxy' },
    { name: 'from', title: 'since', kind: 'instant', meaning: 'the first window it was seen in' },
    { name: 'began', title: 'before that', meaning: 'nothing: it was seen to begin; unknown: nobody watched' },
    { name: 'to', title: 'until', kind: 'instant', meaning: 'the end of the last one' },
    { name: 'ended', title: 'after that', meaning: 'ended: nothing was seen any more; unknown: nobody watched' },
    { name: 'unwatched', title: 'unwatched', meaning: 'how much of the time in between nobody watched' },
  ],
  scope: { columns: ['callerKey', 'calleeKey'], meaning: 'the caller or the callee' },
  example: {},
  query: `${ledger}\nUNION ALL\n${query}`,
  row: z.union([windowRow, pairRow]),
  answer: (rows, { since, at, values }) => {
    const watched = transformWatched(rows.filter((row) => row.what === 'window'));
    const look = { watched, since: since - LOOK_BACK_MS, at, quiet: quietMs(watched, values.quiet) };
    const told = toldOf(rows, 'pair').flatMap((pair) =>
      spansOf(pair.runs, { ...look, earlier: pair.earlier })
        .filter(({ to }) => to > since)
        .map((span) => spanRow(pair, span)),
    );
    return {
      rows: told.sort((a, b) => a.from - b.from || b.count - a.count || (keyOf(a) < keyOf(b) ? -1 : 1)),
      summary: (some) => {
        const pairs = new Set(some.map(keyOf)).size;
        const still = new Set(some.filter(({ ended }) => ended === 'goes on').map(keyOf)).size;
        return `${pairs} ${pairs === 1 ? 'pair calls' : 'pairs call'} without the mesh's TLS, ${still} of them still`;
      },
    };
  },
});

const keyOf = ({ callerKey, calleeKey }: { readonly callerKey?: unknown; readonly calleeKey?: unknown }): string =>
  `${callerKey} ${calleeKey}`;

const spanRow = (pair: Pair, span: Span) => ({
  caller: pair.from,
  callee: pair.to,
  port: pair.port,
  seenBy: pair.layer === 'CALLED' ? 'caller' : 'callee',
  verdict: pair.verdict,
  count: span.count,
  unit: pair.tcp ? 'connections' : 'requests',
  reasons: pair.reasons.toSorted(),
  from: span.from,
  began: { began: 'nothing', earlier: 'it went on', unknown: 'unknown' }[span.began],
  to: span.to,
  ended: span.ended,
  unwatched: span.unwatchedMs > 0 ? formatDuration(span.unwatchedMs) : null,
  callerKey: pair.fromKey,
  calleeKey: pair.toKey,
});
