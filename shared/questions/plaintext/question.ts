import { z } from 'zod';
import { formatDuration } from '../../domain/duration.ts';
import { defineQuestion } from '../question.ts';
import ledger from '../watched/query.cypher';
import { LOOK_BACK_MS, QUIET } from '../watched/quiet.ts';
import { type Span, spansOf } from '../watched/spans.ts';
import { quietMs, transformWatched, windowRow } from '../watched/watched.ts';
import query from './query.cypher';

const pairRow = z.object({
  what: z.literal('pair'),
  told: z.object({
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
});
type Pair = z.infer<typeof pairRow>['told'];

export const plaintext = defineQuestion({
  id: 'plaintext',
  title: "Which calls went without the mesh's TLS, between whom, since when and until when?",
  parameters: [QUIET],
  columns: [
    { name: 'caller', title: 'caller' },
    { name: 'callee', title: 'callee' },
    { name: 'port', title: 'port' },
    { name: 'seenBy', title: 'seen by', meaning: 'whose proxy told it: that of the caller or that of the callee' },
    { name: 'verdict', title: 'verdict' },
    { name: 'count', title: 'count' },
    { name: 'unit', title: 'of' },
    { name: 'reasons', title: 'why' },
    { name: 'from', title: 'since', kind: 'instant' },
    { name: 'began', title: 'before that', meaning: 'whether it was seen to begin, went on before, or nobody watched' },
    { name: 'to', title: 'until', kind: 'instant' },
    { name: 'ended', title: 'after that', meaning: 'whether it was seen to end, goes on, or nobody watched' },
    { name: 'unwatched', title: 'unwatched', meaning: 'how much of the time in between nobody watched' },
  ],
  scope: { columns: ['callerKey', 'calleeKey'], meaning: 'the caller or the callee' },
  example: {},
  query: `${ledger}\nUNION ALL\n${query}`,
  row: z.union([windowRow, pairRow]),
  answer: (rows, { since, at, values }) => {
    const watched = transformWatched(rows.filter((row) => row.what === 'window'));
    const look = { watched, since: since - LOOK_BACK_MS, at, quiet: quietMs(watched, values.quiet) };
    const told = rows
      .flatMap((row) => (row.what === 'pair' ? [row.told] : []))
      .flatMap((pair) =>
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
  began: { began: 'it was seen to begin', earlier: 'it went on', unknown: 'unknown: not watched' }[span.began],
  to: span.to,
  ended: span.ended === 'unknown' ? 'unknown: not watched' : span.ended,
  unwatched: span.unwatchedMs > 0 ? formatDuration(span.unwatchedMs) : null,
  callerKey: pair.fromKey,
  calleeKey: pair.toKey,
});
