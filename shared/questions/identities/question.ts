import { z } from 'zod';
import { defineQuestion } from '../question.ts';
import query from './query.cypher';

export const identities = defineQuestion({
  id: 'identities',
  title: 'Which identities are there, who carries them, and where were they let in or turned away?',
  parameters: [],
  columns: [
    { name: 'identity', title: 'identity' },
    { name: 'workloads', title: 'carried by' },
    { name: 'callees', title: 'callees' },
    { name: 'letIn', title: 'let in' },
    { name: 'turnedAway', title: 'turned away' },
    { name: 'first', title: 'first seen', kind: 'instant' },
    { name: 'last', title: 'last call', kind: 'instant' },
  ],
  query,
  row: z.object({
    key: z.string(),
    identity: z.string(),
    accounts: z.array(z.string()),
    workloads: z.array(z.string()),
    callees: z.number(),
    letIn: z.number(),
    turnedAway: z.number(),
    first: z.number().nullable(),
    last: z.number().nullable(),
  }),
  answer: (rows) => {
    const shared = rows.filter(({ workloads }) => workloads.length > 1).length;
    return { summary: `${rows.length} identities, ${shared} of them carried by several workloads`, rows };
  },
});
