import { z } from 'zod';
import { wayText } from '../edges/hops.ts';
import { defineQuestion } from '../question.ts';
import { spread, startOf } from '../walk/walk.ts';
import { WAY_COLUMNS, wayCells, wayToRow } from '../walk/way-columns.ts';
import query from './query.cypher';

const STARTS = ['exposed', 'unowned', 'unauthenticated', 'outside'] as const;
type Start = (typeof STARTS)[number];

const row = z.object({ key: z.string(), what: z.enum([...STARTS, 'holds']), names: z.array(z.string()) });

export const exposure = defineQuestion({
  id: 'exposure',
  title: 'What of the mesh is reached from what is exposed, owned by nobody, without identity, or outside?',
  parameters: [
    {
      name: 'from',
      meaning:
        'where ways begin: at workloads the entity model calls exposed, at such without an owner, at callers that showed no identity, or at identities no workload of this cluster carries',
      kind: 'choice',
      choices: [...STARTS, 'any'],
      default: 'any',
    },
    { name: 'hops', meaning: 'over at most so many calls', kind: 'count', least: 1, most: 100, default: 100 },
  ],
  columns: [
    { name: 'name', title: 'what', meaning: 'what is reached; nearest first' },
    { name: 'start', title: 'from', meaning: 'the nearest start that reaches it' },
    {
      name: 'why',
      title: 'which is',
      meaning: 'exposed, unowned, unauthenticated or outside, several where several apply',
    },
    ...WAY_COLUMNS,
  ],
  scope: { columns: ['key'], meaning: 'what is reached' },
  example: { from: 'unauthenticated' },
  walks: true,
  query,
  row,
  answer: (rows, { values, walk }) => {
    const wanted = values.from === 'any' ? STARTS : [values.from as Start];
    const starts = Map.groupBy(
      rows.filter(({ what }) => wanted.includes(what as Start)),
      ({ key }) => key,
    );
    const named = (what: string) =>
      new Map(rows.filter((one) => one.what === what).map(({ key, names }) => [key, names]));
    const [holds, exposedTo] = [named('holds'), named('exposed')];
    const begin = [...starts.keys()].flatMap((key) => walk.indices.get(key) ?? []);
    const reached = spread(walk, begin, 'out', Number(values.hops));
    return {
      rows: reached.order.flatMap((index) => {
        const node = walk.nodes[index];
        const data = holds.get(node?.key ?? '') ?? [];
        // What is a start itself is reached already: told where data is there.
        if (!node || (reached.distance[index] === 0 && data.length === 0)) return [];
        const start = walk.nodes[startOf(walk, reached, index)] ?? node;
        return {
          name: node.name,
          start: start.name,
          why: (starts.get(start.key) ?? []).map(({ what }) => what),
          holds: data,
          exposedTo: exposedTo.get(node.key) ?? [],
          key: node.key,
          startKey: start.key,
          ...wayCells(reached, index),
        };
      }),
      finish: (row) => ({ ...row, way: wayText(wayToRow(walk, reached, row.key ?? '', 'out')) }),
      summary: (told) => {
        const holding = told.filter((one) => (one.holds as readonly string[]).length > 0).length;
        const plain = told.filter(({ mTls }) => mTls === false).length;
        return `${told.length} are reached from ${begin.length} starts; ${holding} hold data, ${plain} by a way that is not all mutual TLS`;
      },
    };
  },
});
