import { InvalidInputError } from '../../shared/domain/errors.ts';
import { isMandatory, type QuestionParameter } from '../../shared/questions/parameter.ts';
import type { Question } from '../../shared/questions/question.ts';

/** The parameters that may be told in order, without their names: those a question cannot be asked without. */
export const orderedParameters = ({ parameters }: Question): readonly QuestionParameter[] =>
  parameters.filter(isMandatory);

/**
 * Parameters in order, by flag, or as `--param name=value`. What the question does not take is passed on: who asks is told
 * so where the answer is made. Throws InvalidInputError for one told twice.
 */
export function readParameters(
  question: Question,
  ordered: readonly string[],
  options: Readonly<Record<string, unknown>>,
  pairs: readonly string[] = [],
): Record<string, string | undefined> {
  const inOrder = orderedParameters(question);
  const told = [
    ...question.parameters.map(({ name }) => [name, options[name] as string | undefined] as const),
    ...inOrder.map(({ name }, index) => [name, ordered[index]] as const),
    ...pairs.map(readPair),
  ];
  const values: Record<string, string | undefined> = {};
  for (const [name, value] of told) {
    if (value === undefined) continue;
    const before = values[name];
    if (before !== undefined) throw new InvalidInputError(`${name} is told more than once: ${before}, ${value}`);
    values[name] = value;
  }
  return values;
}

/** `name=value` as the two. Throws InvalidInputError for another text. */
export function readPair(text: string): readonly [string, string] {
  const [name = '', value] = text.split(/=(.*)/s, 2);
  if (value === undefined) throw new InvalidInputError(`--param is written like name=value, not "${text}"`);
  return [name, value];
}
