import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMIT } from '../shared/questions/ask.ts';
import { defaultText, isMandatory, type QuestionParameter } from '../shared/questions/parameter.ts';
import type { Question } from '../shared/questions/question.ts';

/** Answers of the recorded mesh, which test/integration/questions/recorded-mesh.test.ts holds and, where one is new, writes. */
const ANSWERS = join(import.meta.dirname, '../test/fixtures/answers');

const INTRO = [
  '# Questions',
  '',
  'Made from `shared/questions` by `npm run docs`. `meshgraph ask QUESTION` answers them from the graph, with `--api` a deployed API',
  'does (`GET /v1/questions/QUESTION`, the parameters by the same names). `meshgraph ask --list` tells which there are, `-o` prints an',
  'answer as `table`, `json`, `csv` or `markdown`. JSON holds more than a table: keys of the nodes, and how new the answer is.',
  '',
  'Every question takes these:',
  '',
  '| parameter | meaning |',
  '| --- | --- |',
  '| `--at` | as of then: an instant (`2026-11-23T17:54:00Z`), or a span before now (`-2h`); default: the newest the graph knows |',
  '| `--since` | traffic from then on: an instant, or a span before `--at`; default: `24h` |',
  '| `--cluster` | the cluster asked about, where the graph knows several |',
  '| `--namespace` | only rows about what lives there; each question says below what that is |',
  '| `--owner` | only rows about what that team owns, itself or by its namespace |',
  `| \`--limit\` | at most so many rows; default: ${LIMIT.usual}. The answer says how many there are |`,
  '',
  'A node is named `namespace/name`, `namespace/kind/name`, by its identity or its address, or as `unauthenticated`. An instant before the',
  'first scan that is kept is refused: of what nobody saw nothing is told. Every answer says how new what it goes by is, and what',
  'of its period was not seen.',
];

/** docs/questions.md: what every question takes and tells, with an answer from the recorded mesh of `meshgraph demo`. */
export async function renderQuestionsReference(questions: readonly Question[]): Promise<string> {
  const sections = await Promise.all(questions.map(sectionOf));
  return [
    ...INTRO,
    '',
    '| question | answers |',
    '| --- | --- |',
    ...questions.map(({ id, title }) => `| [${id}](#${id}) | ${title} |`),
    ...sections.flat(),
    '',
  ].join('\n');
}

async function sectionOf({ id, title, parameters, columns, scope }: Question): Promise<string[]> {
  return [
    '',
    `## ${id}`,
    '',
    title,
    '',
    ...(parameters.length > 0 ? ['| parameter | kind | default | meaning |', '| --- | --- | --- | --- |'] : []),
    ...parameters.map(parameterLine),
    ...(parameters.length > 0 ? [''] : []),
    `Filters go by: ${scope.meaning}.`,
    '',
    '| column | in a table | meaning |',
    '| --- | --- | --- |',
    ...columns.map(
      ({ name, title: shown, kind, meaning = '' }) =>
        `| \`${name}\` | ${shown} | ${kind === 'instant' ? `instant: ${meaning}` : meaning} |`,
    ),
    '',
    '```console',
    (await readAnswer(id)).trimEnd(),
    '```',
  ];
}

function parameterLine(parameter: QuestionParameter): string {
  const choices = parameter.kind === 'choice' ? `: ${parameter.choices.map((one) => `\`${one}\``).join(', ')}` : '';
  const usual = defaultText(parameter);
  const fallback = isMandatory(parameter) ? 'must be told' : usual === undefined ? 'none' : `\`${usual}\``;
  return `| \`${parameter.name}\` | ${parameter.kind} | ${fallback} | ${parameter.meaning}${choices} |`;
}

async function readAnswer(id: string): Promise<string> {
  const path = join(ANSWERS, `${id}.txt`);
  return readFile(path, 'utf8').catch((cause) => {
    throw new Error(
      `${path} is missing: run vitest --project integration test/integration/questions/recorded-mesh.test.ts, which writes it`,
      { cause },
    );
  });
}
