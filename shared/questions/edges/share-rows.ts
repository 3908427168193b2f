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
  { name: 'port', title: 'port' },
  { name: 'verdict', title: 'verdict' },
  { name: 'count', title: 'count' },
  { name: 'unit', title: 'of' },
  { name: 'failures', title: 'failures' },
  { name: 'mTls', title: 'mTLS' },
  { name: 'policies', title: 'by' },
  { name: 'first', title: 'first', kind: 'instant' },
  { name: 'last', title: 'last', kind: 'instant' },
];
