import { nearest } from '../domain/configuration/nearest.ts';
import { formatDuration, parseDuration } from '../domain/duration.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { parseInstant } from '../domain/instant.ts';

/**
 * What a question is told. `node` names a node of one of `labels`; a `duration` is milliseconds once read, an `instant`
 * epoch milliseconds, a `count` a whole number. What is absent has its default; without a default it must be told, but
 * for a node that is `optional`. A default of null means "none", and reaches the query as null.
 */
export type QuestionParameter = {
  readonly name: string;
  readonly meaning: string;
} & (
  | { readonly kind: 'node'; readonly labels: readonly string[]; readonly optional?: true }
  | { readonly kind: 'duration'; readonly defaultMs: number | null }
  | { readonly kind: 'instant'; readonly default?: null }
  | { readonly kind: 'text'; readonly default?: string | null }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly default?: string | null }
  | { readonly kind: 'count'; readonly least: number; readonly most: number; readonly default?: number | null }
);

export const PARAMETER_KINDS = [
  'node',
  'duration',
  'instant',
  'text',
  'choice',
  'count',
] as const satisfies readonly QuestionParameter['kind'][];

export type ParameterValue = number | string | null;

/** Whether a question cannot be asked without it: such parameters may be told in order, without their names. */
export function isMandatory(parameter: QuestionParameter): boolean {
  if (parameter.kind === 'node') return parameter.optional !== true;
  return defaultOf(parameter) === undefined;
}

/** A parameter's default as it is told to people; undefined where there is none. */
export function defaultText(parameter: QuestionParameter): string | undefined {
  const value = defaultOf(parameter);
  if (value === undefined || value === null) return undefined;
  return parameter.kind === 'duration' ? formatDuration(Number(value)) : String(value);
}

function defaultOf(parameter: QuestionParameter): ParameterValue | undefined {
  if (parameter.kind === 'node') return parameter.optional ? null : undefined;
  return parameter.kind === 'duration' ? parameter.defaultMs : parameter.default;
}

/**
 * The value of any parameter but a node, from the text it was told as; spans count back from `at`.
 * Throws InvalidInputError with what was expected.
 */
export function readValue(
  parameter: Exclude<QuestionParameter, { kind: 'node' }>,
  text: string | undefined,
  at: number,
): ParameterValue {
  if (text === undefined) return defaultOf(parameter) ?? null;
  switch (parameter.kind) {
    case 'duration':
      return parseDuration(text);
    case 'instant':
      return parseInstant(text, at);
    case 'text':
      return text;
    case 'choice':
      return readChoice(parameter.name, parameter.choices, text);
    case 'count':
      return readCount(parameter.name, parameter, text);
  }
}

function readChoice(name: string, choices: readonly string[], text: string): string {
  if (choices.includes(text)) return text;
  const close = nearest(text, choices);
  const hint = close === undefined ? '' : `; did you mean ${close}?`;
  throw new InvalidInputError(`${name} is one of ${choices.join(', ')}, not "${text}"${hint}`);
}

/** A whole number within bounds. Throws InvalidInputError for any other text. */
export function readCount(name: string, bounds: { least: number; most: number }, text: string): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= bounds.least && value <= bounds.most) return value;
  throw new InvalidInputError(`${name} is a whole number from ${bounds.least} to ${bounds.most}, not "${text}"`);
}
