import { Command } from 'commander';
import { nearest } from '../../shared/domain/configuration/nearest.ts';
import { InvalidInputError, NotFoundError } from '../../shared/domain/errors.ts';
import { LIMIT } from '../../shared/questions/ask.ts';
import { describeQuestion } from '../../shared/questions/describe.ts';
import { defaultText, type QuestionParameter } from '../../shared/questions/parameter.ts';
import type { Question } from '../../shared/questions/question.ts';
import { QUESTIONS } from '../../shared/questions/registry.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';
import { writeJson } from '../output/json.ts';
import { renderTable } from '../output/table.ts';
import { withReader } from '../with-reader.ts';
import { askCypher } from './ask-cypher.ts';
import { orderedParameters, readParameters } from './read-parameters.ts';
import { writeAnswer } from './write-answer.ts';

type Options = {
  readonly at?: string;
  readonly since?: string;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly owner?: string;
  readonly limit?: string;
  readonly param?: readonly string[];
  readonly output: string;
} & Readonly<Record<string, unknown>>;

type AskOptions = { readonly output: string; readonly cypher?: string; readonly param?: readonly string[] };

const formats = () => formatOption('table', 'json', 'csv', 'markdown');

/** The command line below `meshgraph ask`: one subcommand a question, made from the registry. */
export function createAskProgram(parent: Command, io: Io): Command {
  const program = new Command('meshgraph ask')
    .copyInheritedSettings(parent)
    .description('Ask the graph a named question.')
    .option('--list', 'list the questions')
    .option('--cypher <statement>', 'run one reading statement of Cypher instead; - reads it from stdin')
    .option('--param <name=value>', 'a $parameter of the statement, JSON or text; may be repeated', collect)
    .addOption(formats())
    .enablePositionalOptions()
    .allowExcessArguments()
    .action(async ({ output, cypher, param }: AskOptions) => {
      const [unknown] = program.args;
      if (cypher !== undefined) {
        if (unknown !== undefined)
          throw new InvalidInputError(`--cypher is asked without a question: leave ${unknown} out`);
        return askCypher(io, { statement: cypher, pairs: param ?? [], output });
      }
      if (unknown !== undefined) throw new NotFoundError(unknownQuestion(unknown));
      if (output === 'json') writeJson(io, { questions: QUESTIONS.map(describeQuestion) });
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

function addQuestion(program: Command, question: Question, io: Io): void {
  const { meaning: scope } = question.scope;
  const command = program
    .command(question.id)
    .description(question.title)
    .allowExcessArguments(false)
    .option('--at <instant>', 'as of then: 2026-11-23T17:54:00Z, or -2h (default: the newest the graph knows)')
    .option('--since <instant>', 'traffic from then on: an instant, or a span before --at (default: 24h)')
    .option('--cluster <name>', 'the cluster asked about, where the graph knows several')
    .option('--namespace <name>', `only rows of which this lives there: ${scope}`)
    .option('--owner <name>', `only rows of which this is owned by that team: ${scope}`)
    .option('--limit <count>', `tell at most so many rows (default: ${LIMIT.usual})`)
    .option('--param <name=value>', 'a parameter by its name; may be repeated', collect)
    .addOption(formats());
  for (const { name, meaning } of orderedParameters(question)) command.argument(`[${name}]`, meaning);
  for (const parameter of question.parameters) {
    command.option(`--${parameter.name} <${parameter.kind}>`, helpOf(parameter));
  }
  command.action(async () => {
    const options = command.opts<Options>();
    const { at, since, cluster, namespace, owner, limit, param } = options;
    const output = program.getOptionValueSource('output') === 'cli' ? program.opts().output : options.output;
    const values = readParameters(question, command.args, options, param);
    const asked = { ...values, name: question.id, at, since, cluster, namespace, owner, limit };
    writeAnswer(io, question, await withReader(io, (reader) => reader.askQuestion(asked)), output);
  });
}

const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

function helpOf(parameter: QuestionParameter): string {
  const usual = defaultText(parameter);
  const choices = parameter.kind === 'choice' ? ` (one of ${parameter.choices.join(', ')})` : '';
  return `${parameter.meaning}${choices}${usual === undefined ? '' : ` (default: ${usual})`}`;
}
