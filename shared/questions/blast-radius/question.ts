import { wayText } from '../edges/hops.ts';
import type { AnswerRow } from '../question.ts';
import { defineQuestion } from '../question.ts';
import query from '../walk/ends.cypher';
import { endRow, endsByKey } from '../walk/ends.ts';
import { spread } from '../walk/walk.ts';
import { WAY_COLUMNS, wayCells, wayToRow } from '../walk/way-columns.ts';

export const blastRadius = defineQuestion({
  id: 'blast-radius',
  title: 'What can be reached from it over calls that were seen, or who could reach it?',
  parameters: [
    {
      name: 'of',
      meaning: 'the workload, Service or address, the identity, or "unauthenticated"',
      kind: 'node',
      labels: ['Workload', 'ExternalWorkload', 'Service', 'EgressNetwork', 'External', 'Identity', 'Unauthenticated'],
    },
    {
      name: 'direction',
      meaning: 'what it reaches, or by whom it is reached',
      kind: 'choice',
      choices: ['reaches', 'reached-by'],
      default: 'reaches',
    },
    { name: 'hops', meaning: 'over at most so many calls', kind: 'count', least: 1, most: 100, default: 100 },
  ],
  columns: [
    { name: 'name', title: 'who', meaning: 'what is reached, or who reaches it; nearest first' },
    ...WAY_COLUMNS,
  ],
  scope: { columns: ['key'], meaning: 'what is reached, or who reaches it' },
  example: { of: 'books/traffic' },
  walks: true,
  query,
  row: endRow,
  answer: (rows, { nodes, values, walk }) => {
    const outward = values.direction === 'reaches';
    const direction = outward ? 'out' : 'in';
    const start = walk.indices.get(nodes.of?.key ?? '');
    const endOf = endsByKey(rows);
    const reached = spread(walk, start === undefined ? [] : [start], direction, Number(values.hops));
    return {
      rows: reached.order.slice(1).flatMap((index) => {
        const node = walk.nodes[index];
        if (!node) return [];
        return { name: node.name, label: node.label, ...wayCells(reached, index), ...endOf(node.key), key: node.key };
      }),
      finish: (row) => ({ ...row, way: wayText(wayToRow(walk, reached, row.key ?? '', direction)) }),
      summary: (told) => summaryOf(`${nodes.of?.name} ${outward ? 'reaches' : 'is reached by'}`, told),
    };
  },
});

function summaryOf(what: string, rows: readonly AnswerRow[]): string {
  if (rows.length === 0) return `${what} nothing over calls that were let through`;
  const byHops = [...Map.groupBy(rows, ({ hops }) => Number(hops))].sort(([a], [b]) => a - b);
  const counts = byHops.map(([hops, { length }]) => `${length} in ${hops} ${hops === 1 ? 'hop' : 'hops'}`).join(', ');
  const having = (column: string) => rows.filter((row) => (row[column] as readonly string[]).length > 0).length;
  return `${what} ${rows.length}: ${counts}; ${having('holds')} of them hold data, ${having('exposedTo')} are exposed`;
}
