import { z } from 'zod';
import { defineQuestion } from '../question.ts';
import { difference } from './difference.ts';
import query from './query.cypher';

const changeRow = z.object({
  at: z.number(),
  what: z.string(),
  label: z.string(),
  key: z.string(),
  name: z.string().nullable(),
  otherLabel: z.string().nullable(),
  otherKey: z.string().nullable(),
  otherName: z.string().nullable(),
  detail: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

type ChangeRow = z.infer<typeof changeRow>;

export const changes = defineQuestion({
  id: 'changes',
  title: 'What appeared, vanished, changed, called first or last?',
  parameters: [
    {
      name: 'quiet',
      meaning: 'how long nothing must have been seen of a pair for its call to be its last (default: three windows)',
      kind: 'duration',
      defaultMs: null,
    },
  ],
  columns: [
    { name: 'at', title: 'at', kind: 'instant', meaning: 'the first scan or window that shows it' },
    {
      name: 'what',
      title: 'what',
      meaning: 'appeared, vanished, changed, opened or closed (a relationship), first or last call, first of a verdict',
    },
    { name: 'label', title: 'kind', meaning: 'the label of the node in the graph' },
    { name: 'entity', title: 'entity', meaning: 'what changed; of two, both ends' },
    { name: 'story', title: 'detail', meaning: 'what became of what' },
  ],
  scope: { columns: ['key', 'otherKey'], meaning: 'what changed, or the other end of it' },
  example: {},
  query,
  row: changeRow,
  answer: (rows) => ({
    rows: rows.map((row) => ({ ...row, entity: entityOf(row), story: storyOf(row) })),
    summary: (told) => (told.length === 1 ? '1 change' : `${told.length} changes`),
  }),
});

const entityOf = ({ name, key, otherName, otherKey }: ChangeRow): string =>
  otherKey === null ? (name ?? key) : `${name ?? key} → ${otherName ?? otherKey}`;

const storyOf = ({ what, detail, before, after }: ChangeRow): string | null =>
  what === 'changed' ? difference(detail ?? '', before, after) : detail;
