import { wayText } from '../edges/hops.ts';
import { defineQuestion } from '../question.ts';
import query from '../walk/ends.cypher';
import { endRow } from '../walk/ends.ts';
import { spread } from '../walk/walk.ts';
import { wayCells, wayToRow } from '../walk/way-columns.ts';

export const touches = defineQuestion({
  id: 'touches',
  title: 'Who reaches data of a class, through whom, and is every hop mutual TLS?',
  parameters: [
    { name: 'data', meaning: 'the class of data, as the entity model names it', kind: 'node', labels: ['DataClass'] },
  ],
  columns: [
    { name: 'caller', title: 'who', meaning: 'who reaches the data' },
    { name: 'way', title: 'through whom', meaning: 'the shortest way, over calls that were let through' },
    { name: 'hops', title: 'hops', meaning: 'calls on that way' },
    { name: 'mTls', title: 'every hop mTLS', meaning: 'whether each of them was mutual TLS' },
    {
      name: 'last',
      title: 'last seen',
      kind: 'instant',
      meaning: 'when the call of it that is longest ago was last seen',
    },
  ],
  scope: { columns: ['callerKey'], meaning: 'who reaches it' },
  example: { data: 'personal' },
  walks: true,
  query,
  row: endRow,
  answer: (rows, { nodes, walk }) => {
    const { data } = nodes;
    const holders = rows.filter(({ holds }) => holds.includes(data?.name ?? ''));
    const ends = holders.flatMap(({ key }) => walk.indices.get(key) ?? []);
    const reached = spread(walk, ends, 'in', Number.POSITIVE_INFINITY);
    return {
      summary: (told) =>
        `${told.length} reach ${data?.name} data, held by ${holders.map(({ name }) => name).join(', ') || 'nobody then'}`,
      rows: reached.order.flatMap((index) => {
        const caller = walk.nodes[index];
        if (!caller || reached.distance[index] === 0) return [];
        return { caller: caller.name, ...wayCells(reached, index), callerKey: caller.key };
      }),
      finish: (row) => {
        const way = wayToRow(walk, reached, row.callerKey ?? '', 'in');
        const policies = way.map((hop) => hop.policies.join(', '));
        return { ...row, way: wayText(way), holder: way.at(-1)?.to.name ?? null, policies };
      },
    };
  },
});
