import { z } from 'zod';
import { defineQuestion } from '../question.ts';
import query from './query.cypher';

export const identities = defineQuestion({
  id: 'identities',
  title: 'Which identities are there, who carries them, and where were they let in or turned away?',
  parameters: [],
  columns: [
    { name: 'identity', title: 'identity', meaning: 'the mTLS name' },
    { name: 'carriers', title: 'carried by', meaning: 'workloads that run with it' },
    { name: 'callees', title: 'callees', meaning: 'how many workloads it called in the period' },
    { name: 'letIn', title: 'let in', meaning: 'requests and connections admitted' },
    { name: 'turnedAway', title: 'turned away', meaning: 'and those that were not' },
    { name: 'first', title: 'first seen', kind: 'instant', meaning: 'the first time any source told of it' },
    { name: 'last', title: 'last call', kind: 'instant', meaning: 'the end of the last window it was seen calling in' },
  ],
  scope: { columns: ['key', 'carrierKeys'], meaning: 'the identity, or who carries it' },
  example: {},
  query,
  row: z.object({
    key: z.string(),
    identity: z.string(),
    accounts: z.array(z.string()),
    carriers: z.array(z.string()),
    carrierKeys: z.array(z.string()),
    called: z.boolean(),
    callees: z.number(),
    letIn: z.number(),
    turnedAway: z.number(),
    first: z.number().nullable(),
    last: z.number().nullable(),
  }),
  answer: (rows) => {
    // Every ServiceAccount has an identity; most of Kubernetes' own are never used by anything in the mesh.
    const used = rows.filter(({ carriers, called }) => carriers.length > 0 || called);
    const unused = rows.length - used.length;
    return {
      rows: used.map((row) => ({ ...row, carriers: row.carriers.toSorted() })),
      summary: (told) => {
        const shared = told.filter(({ carriers }) => (carriers as readonly string[]).length > 1).length;
        return `${told.length} identities, ${shared} carried by several workloads; ${unused} that nobody carries are left out`;
      },
    };
  },
});
