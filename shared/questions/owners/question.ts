import { z } from 'zod';
import { defineQuestion } from '../question.ts';
import query from './query.cypher';

export const owners = defineQuestion({
  id: 'owners',
  title: 'Who owns what, and what does nobody own?',
  parameters: [],
  columns: [
    { name: 'owner', title: 'owner', meaning: 'the team, as the entity model tells; none = nobody' },
    { name: 'namespace', title: 'namespace', meaning: 'where it lives; none for an address outside' },
    { name: 'count', title: 'how many', meaning: 'workloads and addresses of that owner there' },
    { name: 'names', title: 'what', meaning: 'their names' },
    { name: 'holding', title: 'with data', meaning: 'those of them that hold data' },
  ],
  scope: { columns: ['keys'], meaning: 'what is owned' },
  example: {},
  query,
  row: z.object({
    owner: z.string().nullable(),
    namespace: z.string().nullable(),
    names: z.array(z.string()),
    keys: z.array(z.string()),
    holding: z.array(z.string()),
  }),
  answer: (rows) => ({
    // What nobody owns comes first: somebody has to do something about it.
    rows: rows.map((row) => ({ ...row, count: row.names.length })).sort((a, b) => (place(a) < place(b) ? -1 : 1)),
    summary: (told) => {
      const sum = (of: typeof told) => of.reduce((total, { count }) => total + Number(count), 0);
      const teams = new Set(told.flatMap(({ owner }) => owner ?? [])).size;
      return `${sum(told)} workloads and addresses, owned by ${teams} teams; ${sum(told.filter(({ owner }) => owner === null))} are owned by nobody`;
    },
  }),
});

const place = ({ owner, namespace }: { owner: string | null; namespace: string | null }): string =>
  JSON.stringify([owner === null ? 0 : 1, owner, namespace]);
