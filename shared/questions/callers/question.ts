import { mergeEdges } from '../edges/merge.ts';
import { SHARE_COLUMNS, shareRows } from '../edges/share-rows.ts';
import { toldRow } from '../edges/told.ts';
import { defineQuestion } from '../question.ts';
import query from './query.cypher';

export const callers = defineQuestion({
  id: 'callers',
  title: 'Who calls it, with which identity, allowed or denied by what?',
  parameters: [
    {
      name: 'callee',
      meaning: 'the workload, Service, egress network or external address that is called',
      kind: 'node',
      labels: ['Workload', 'ExternalWorkload', 'Service', 'EgressNetwork', 'External'],
    },
  ],
  columns: [
    {
      name: 'caller',
      title: 'caller',
      meaning: 'the workload; the identity where several workloads share it, or "unauthenticated"',
    },
    { name: 'identity', title: 'identity', meaning: 'what it showed to the called side' },
    ...SHARE_COLUMNS,
  ],
  scope: { columns: ['callerKey'], meaning: 'the caller' },
  example: { callee: 'emojivoto/voting' },
  query,
  row: toldRow,
  answer: (rows, { nodes }) => {
    const edges = mergeEdges(rows);
    return {
      rows: shareRows(edges),
      summary: (told) => {
        const count = new Set(told.map(({ callerKey }) => callerKey)).size;
        return `${nodes.callee?.name} has ${count} ${count === 1 ? 'caller' : 'callers'}`;
      },
    };
  },
});
