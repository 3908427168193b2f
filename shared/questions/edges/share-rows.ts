import type { AnswerColumn, AnswerRow } from '../question.ts';
import type { Edge } from './merge.ts';

/** One row an edge and verdict, busiest first. */
export function shareRows(edges: readonly Edge[]): AnswerRow[] {
  return edges
    .flatMap((edge) =>
      edge.shares.map(({ verdict, count, failures, policies }) => ({
        caller: edge.from.name,
        callee: edge.to.name,
        identity: edge.identity,
        port: edge.port,
        unit: edge.unit,
        verdict,
        count,
        failures,
        mTls: edge.mTls,
        policies,
        serverIdentities: edge.serverIdentities,
        first: edge.first,
        last: edge.last,
        callerKey: edge.from.key,
        calleeKey: edge.to.key,
      })),
    )
    .sort((a, b) => b.count - a.count || (a.callerKey + a.calleeKey < b.callerKey + b.calleeKey ? -1 : 1));
}

/** What a table shows of such rows, after the name of the far end. */
export const SHARE_COLUMNS: readonly AnswerColumn[] = [
  { name: 'port', title: 'port', meaning: 'the port of the workload called' },
  {
    name: 'verdict',
    title: 'verdict',
    meaning:
      'allowed, audited, denied, noRoute, rateLimited, terminated; refused by the own proxy; unknown where no called proxy tells',
  },
  { name: 'count', title: 'count', meaning: 'how many met that verdict' },
  { name: 'unit', title: 'of', meaning: 'requests, or connections where the protocol is TCP' },
  { name: 'failures', title: 'failures', meaning: 'of those let through, how many ended in an error' },
  { name: 'mTls', title: 'mTLS', meaning: 'whether all of it was mutual TLS' },
  {
    name: 'policies',
    title: 'by',
    meaning: 'what decided: an authorization, a rate limit, a Server with its route, or a default',
  },
  { name: 'first', title: 'first', kind: 'instant', meaning: 'the first window it was seen in' },
  { name: 'last', title: 'last', kind: 'instant', meaning: 'the end of the last one' },
];
