import { z } from 'zod';
import { LIMIT } from '../../questions/ask.ts';
import { PARAMETER_KINDS } from '../../questions/parameter.ts';
import { QUESTIONS } from '../../questions/registry.ts';
import { at, cluster, since } from './asked.ts';
import { fresh, instant } from './freshness.ts';
import type { Operation } from './operation.ts';

const ids = QUESTIONS.map(({ id }) => id).join(', ');

/** A question's parameters, each with what it means to the questions that take it. */
const parameters = [...Map.groupBy(QUESTIONS.flatMap(withId), ({ name }) => name)].map(([name, uses]) => {
  const meaning = uses.map(({ question, meaning }) => `${question}: ${meaning}`).join('; ');
  return [name, text(meaning)] as const;
});

/** Texts still: shared/questions reads them, and says what was expected. */
function text(meaning: string) {
  return z.string().min(1).optional().describe(meaning);
}

function withId({ id, parameters: own }: (typeof QUESTIONS)[number]) {
  return own.map(({ name, meaning }) => ({ question: id, name, meaning }));
}

const cell = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

/** An answer to a question: rows of its own columns, in one sentence, for a period of one cluster. */
export const answered = {
  question: z.string(),
  cluster: z.string(),
  since: instant,
  at: instant,
  summary: z.string().describe('The answer in one sentence.'),
  rows: z.array(z.record(z.string(), cell)).describe('Rows; the list of questions tells their columns.'),
  total: z.int().describe('How many rows there are; more than are told where `limit` cut them.'),
  notes: z.array(z.string()).describe('What the answer does not cover, and how new it is, one sentence each.'),
};

const column = z.object({
  name: z.string(),
  title: z.string(),
  kind: z.literal('instant').optional(),
  meaning: z.string(),
});

const parameter = z.object({
  name: z.string(),
  kind: z.enum(PARAMETER_KINDS),
  meaning: z.string(),
  mandatory: z.boolean(),
  default: z.string().nullable().describe('null = none.'),
  choices: z.array(z.string()).describe('What a choice is one of; empty for other kinds.'),
});

export const listQuestions = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/questions',
  summary: 'The named questions',
  description: 'Every question with its parameters and the columns of its rows.',
  input: z.strictObject({}),
  answer: z.object({
    questions: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        parameters: z.array(parameter),
        columns: z.array(column).describe('What a table shows; rows may hold more.'),
        scope: z.string().describe('What `namespace` and `owner` go by.'),
      }),
    ),
  }),
  fails: [],
} as const satisfies Operation;

export const askQuestion = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/questions/{name}',
  summary: 'Ask a named question',
  description:
    'A node is named as on the command line: `namespace/name`, `namespace/kind/name`, an identity, an external address, ' +
    'or `unauthenticated`. A span of time is written like `90s`, `5m`, `14d`. A question takes its own parameters, and no ' +
    "other's.",
  input: z.strictObject({
    name: z.string().min(1).describe(`One of ${ids}.`),
    cluster,
    at,
    since,
    namespace: text('Only rows about what lives there: `scope` of a question says what that is.'),
    owner: text('Only rows about what that team owns, itself or by its namespace.'),
    limit: text(
      `At most so many rows, up to ${LIMIT.most}. Default: ${LIMIT.usual}; \`total\` says how many there are.`,
    ),
    ...(Object.fromEntries(parameters) as Record<string, (typeof parameters)[number][1]>),
  }),
  answer: z.object({ ...answered, ...fresh }),
  fails: [404],
} as const satisfies Operation;

export const readDiff = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/diff',
  summary: 'What appeared, vanished or changed between two instants',
  description:
    'The question `changes` for the period after `from` and up to `to`, and who came to reach a class of data or no longer ' +
    'does, by the calls of a day before each end.',
  input: z.strictObject({
    from: z.string().min(1).describe('An instant, or a span before `to`.'),
    to: z.string().min(1).optional().describe('An instant. Default: the newest the graph knows.'),
    cluster,
    namespace: text('Only what lives there, or the other end of it.'),
    owner: text('Only what that team owns, itself or by its namespace.'),
    quiet: z
      .string()
      .min(1)
      .optional()
      .describe('How long nothing must have been seen of a pair for its call to be its last. Default: three windows.'),
  }),
  answer: z.object({ ...answered, ...fresh }),
  fails: [404],
} as const satisfies Operation;
