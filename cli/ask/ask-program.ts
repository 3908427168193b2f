import { Command } from 'commander';
import { nearest } from '../../shared/domain/configuration/nearest.ts';
import { InvalidInputError, NotFoundError } from '../../shared/domain/errors.ts';
import type { Question, QuestionParameter } from '../../shared/questions/question.ts';
import { QUESTIONS } from '../../shared/questions/registry.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';
import { writeJson } from '../output/json.ts';
import { renderTable } from '../output/table.ts';
import { withReader } from '../with-reader.ts';
import { renderAnswer } from './answer-table.ts';

type Options = {
  readonly at?: string;
  readonly since?: string;
  readonly cluster?: string;
  readonly param?: readonly string[];
  readonly output: string;
} & Readonly<Record<string, unknown>>;

/** The command line below `meshgraph ask`: one subcommand a question, made from the registry. */
export function createAskProgram(parent: Command, io: Io): Command {
  const program = new Command('meshgraph ask')
    .copyInheritedSettings(parent)
    .description('Ask the graph a named question.')
    .option('--list', 'list the questions')
    .addOption(formatOption('table', 'json'))
    .enablePositionalOptions()
    .allowExcessArguments()
    .action(({ output }: { output: string }) => {
      const [unknown] = program.args;
      if (unknown !== undefined) throw new NotFoundError(unknownQuestion(unknown));
      if (output === 'json') writeJson(io, { questions: QUESTIONS.map(listed) });
      else io.out(renderTable(io, LIST_COLUMNS, QUESTIONS));
    });
  for (const question of QUESTIONS) addQuestion(program, question, io);
  return program;
}

function unknownQuestion(word: string): string {
  const ids = QUESTIONS.map(({ id }) => id);
  const close = nearest(word, ids);
  return `there is no question "${word}"; ${close === undefined ? `known: ${ids.join(', ')}` : `did you mean ${close}?`}`;
}

const LIST_COLUMNS = [
  { title: 'question', value: ({ id }: Question) => id },
  { title: 'of', value: ({ parameters }: Question) => parameters.map(({ name }) => name).join(' ') || undefined },
  { title: 'answers', value: ({ title }: Question) => title },
];

const listed = ({ id, title, parameters }: Question) => ({
  id,
  title,
  parameters: parameters.map(({ name, kind, meaning }) => ({ name, kind, meaning })),
});

function addQuestion(program: Command, question: Question, io: Io): void {
  const command = program
    .command(question.id)
    .description(question.title)
    .allowExcessArguments(false)
    .option('--at <instant>', 'as of then: 2026-11-23T17:54:00Z, or -2h (default: the newest the graph knows)')
    .option('--since <instant>', 'traffic from then on: an instant, or a span before --at (default: 24h)')
    .option('--cluster <name>', 'the cluster asked about, where the graph knows several')
    .option('--param <name=value>', 'a parameter by its name; may be repeated', collect)
    .addOption(formatOption('table', 'json'));
  for (const parameter of question.parameters) {
    if (parameter.kind === 'node') command.argument(`[${parameter.name}]`, parameter.meaning);
    command.option(`--${parameter.name} <${parameter.kind}>`, parameter.meaning);
  }
  command.action(async () => {
    const options = command.opts<Options>();
    const { at, since, cluster } = options;
    const output = program.getOptionValueSource('output') === 'cli' ? program.opts().output : options.output;
    const values = readParameters(question, command.args, options);
    const asked = { ...values, name: question.id, at, since, cluster };
    const answered = await withReader(io, (reader) => reader.askQuestion(asked));
    for (const note of answered.notes) io.err(`note: ${note}\n`);
    if (output === 'json') writeJson(io, answered);
    else io.out(renderAnswer(io, question, answered));
  });
}

const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

/** Parameters in order, by flag, or as `--param name=value`; one told twice is an error. */
function readParameters(
  { id, parameters }: Question,
  ordered: readonly string[],
  options: Options,
): Record<string, string | undefined> {
  const told = (options.param ?? []).map((text) => text.split(/=(.*)/s, 2) as [string, string | undefined]);
  for (const [name, value] of told) {
    if (parameters.some((one) => one.name === name) && value !== undefined) continue;
    const known = parameters.map((one) => `${one.name}=...`).join(', ') || 'no parameters';
    throw new InvalidInputError(`the question ${id} takes ${known}, not "${name}"`);
  }
  const nodes = parameters.filter(({ kind }) => kind === 'node');
  const read = (parameter: QuestionParameter): string | undefined => {
    const { name } = parameter;
    const flag = options[name] as string | undefined;
    const given = [
      flag,
      ordered[nodes.indexOf(parameter as never)],
      ...told.filter(([n]) => n === name).map(([, v]) => v),
    ];
    const [value, ...more] = given.filter((one) => one !== undefined);
    if (more.length > 0) throw new InvalidInputError(`${name} is told more than once: ${[value, ...more].join(', ')}`);
    return value;
  };
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, read(parameter)]));
}
