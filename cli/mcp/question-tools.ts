import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Reader } from '../../shared/domain/api/operations.ts';
import { askQuestion } from '../../shared/domain/api/questions.ts';
import { defaultText, isMandatory, type QuestionParameter } from '../../shared/questions/parameter.ts';
import type { Question } from '../../shared/questions/question.ts';
import { QUESTIONS } from '../../shared/questions/registry.ts';
import { READ_ONLY, toolResult } from './tool-result.ts';

/** A tool a question, of its name. Values are texts, as on the command line: the questions read them themselves. */
export function addQuestionTools(server: McpServer, reader: Reader): void {
  for (const question of QUESTIONS) {
    const { id } = question;
    const config = {
      title: id,
      description: describe(question),
      inputSchema: inputOf(question),
      annotations: READ_ONLY,
    };
    server.registerTool(id, config, (values) => toolResult(() => reader.askQuestion({ ...values, name: id })));
  }
}

const describe = ({ title, columns, scope }: Question): string =>
  `${title} Rows hold ${columns.map(({ name, meaning }) => `${name} (${meaning})`).join(', ')}. ` +
  `namespace and owner go by ${scope.meaning}.`;

/** What every question takes. */
const { name: _, ...common } = askQuestion.input.pick({
  name: true,
  cluster: true,
  at: true,
  since: true,
  namespace: true,
  owner: true,
  limit: true,
}).shape;

const inputOf = ({ parameters }: Question) =>
  z.strictObject({ ...common, ...Object.fromEntries(parameters.map((one) => [one.name, schemaOf(one)])) });

function schemaOf(parameter: QuestionParameter) {
  const usual = defaultText(parameter);
  const meaning = usual === undefined ? parameter.meaning : `${parameter.meaning}. Default: ${usual}`;
  const text = parameter.kind === 'choice' ? z.enum(parameter.choices as [string, ...string[]]) : z.string().min(1);
  return isMandatory(parameter) ? text.describe(meaning) : text.optional().describe(meaning);
}
