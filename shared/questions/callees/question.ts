import { mergeEdges } from '../edges/merge.ts';
import { SHARE_COLUMNS, shareRows } from '../edges/share-rows.ts';
import { toldRow } from '../edges/told.ts';
import { defineQuestion } from '../question.ts';
import query from './query.cypher';

export const callees = defineQuestion({
  id: 'callees',
  title: 'Whom does it call, and what becomes of its calls?',
  parameters: [
    {
      name: 'caller',
      meaning: 'the workload, the identity, or "unauthenticated" for all callers without one',
      kind: 'node',
      labels: ['Workload', 'Identity', 'Unauthenticated'],
    },
  ],
  columns: [
    { name: 'callee', title: 'callee', meaning: 'the workload, Service, egress network or address' },
    ...SHARE_COLUMNS,
  ],
  scope: { columns: ['calleeKey'], meaning: 'the callee' },
  example: { caller: 'rogue/scanner' },
  query,
  row: toldRow,
  answer: (rows, { nodes }) => {
    const { caller } = nodes;
    // An identity shared with other workloads brings their arrivals along; asked for by name, they are its own.
    const own = mergeEdges(caller?.label === 'Workload' ? rows : rows.map((row) => ({ ...row, owners: [] })));
    const edges = own.filter(({ from }) => from.key === caller?.key);
    return {
      rows: shareRows(edges),
      summary: (told) => {
        const count = new Set(told.map(({ calleeKey }) => calleeKey)).size;
        return `${caller?.name} calls ${count} ${count === 1 ? 'callee' : 'callees'}`;
      },
    };
  },
});
