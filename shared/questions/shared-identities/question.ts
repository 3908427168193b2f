import { z } from 'zod';
import { defineQuestion } from '../question.ts';
import query from './query.cypher';

export const sharedIdentities = defineQuestion({
  id: 'shared-identities',
  title: 'Which workloads share an identity, so that no policy and no record tells them apart?',
  parameters: [],
  columns: [
    { name: 'identity', title: 'identity', meaning: 'the mTLS name they share' },
    { name: 'account', title: 'ServiceAccount', meaning: 'the ServiceAccount they run as' },
    { name: 'workloads', title: 'workloads', meaning: 'that run as it' },
    { name: 'holds', title: 'data', meaning: 'classes of data one of them holds' },
    { name: 'admittedBy', title: 'admitted by', meaning: 'authentications and ServerAuthorizations that name it' },
    { name: 'letInto', title: 'let in at', meaning: 'workloads that let it in in the period; "(data)" = holds data' },
  ],
  scope: { columns: ['key', 'workloadKeys'], meaning: 'the identity, or a workload that carries it' },
  example: {},
  query,
  row: z.object({
    key: z.string(),
    identity: z.string(),
    account: z.string(),
    workloads: z.array(z.string()),
    workloadKeys: z.array(z.string()),
    holds: z.array(z.string()),
    admittedBy: z.array(z.string()),
    letInto: z.array(z.string()),
  }),
  answer: (rows) => ({
    rows,
    summary: (told) => {
      const workloads = new Set(told.flatMap((row) => row.workloadKeys)).size;
      return `${told.length} ${told.length === 1 ? 'identity is' : 'identities are'} shared, by ${workloads} workloads`;
    },
  }),
});
