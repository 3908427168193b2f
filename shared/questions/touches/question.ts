import { hopsOf, waysTo, wayText } from '../edges/hops.ts';
import { mergeEdges } from '../edges/merge.ts';
import query from '../edges/query.cypher';
import { toldRow } from '../edges/told.ts';
import { defineQuestion } from '../question.ts';

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
  query,
  row: toldRow,
  answer: (rows, { nodes }) => {
    const holders = rows.filter(({ layer, to }) => layer === 'HOLDS' && to.key === nodes.data?.key);
    const ways = waysTo(
      holders.map(({ from }) => from.key),
      hopsOf(mergeEdges(rows)),
    );
    const reaching = [...ways.values()].flatMap((way) => {
      const [first] = way;
      return first ? [{ first, way }] : [];
    });
    return {
      summary: (told) =>
        `${told.length} reach ${nodes.data?.name} data, held by ${holders.map(({ from }) => from.name).join(', ') || 'nobody then'}`,
      rows: reaching.map(({ first, way }) => ({
        caller: first.from.name,
        holder: way.at(-1)?.to.name ?? null,
        way: wayText(way),
        hops: way.length,
        mTls: way.every(({ mTls }) => mTls),
        policies: way.map(({ policies }) => policies.join(', ')),
        // A way is as recent as its oldest hop.
        last: Math.min(...way.map(({ last }) => last)),
        callerKey: first.from.key,
      })),
    };
  },
});
