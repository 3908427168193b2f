import { defaultText, isMandatory, type QuestionParameter } from './parameter.ts';
import type { Question } from './question.ts';

/** A question as lists of questions tell it: what it takes, what its rows hold, and what its filters go by. */
export const describeQuestion = ({ id, title, parameters, columns, scope }: Question) => ({
  id,
  title,
  parameters: parameters.map(describeParameter),
  columns: [...columns],
  scope: scope.meaning,
});

const describeParameter = (parameter: QuestionParameter) => ({
  name: parameter.name,
  kind: parameter.kind,
  meaning: parameter.meaning,
  mandatory: isMandatory(parameter),
  default: defaultText(parameter) ?? null,
  choices: parameter.kind === 'choice' ? [...parameter.choices] : [],
});
