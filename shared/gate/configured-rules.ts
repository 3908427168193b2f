import { nearest } from '../domain/configuration/nearest.ts';
import type { Configuration } from '../domain/configuration.ts';
import { InvalidInputError } from '../domain/errors.ts';
import type { ChosenRule } from './judge-change.ts';
import { GATE_RULES } from './rules/registry.ts';

/**
 * The rules that a configuration leaves on, each with what it makes of it. Throws InvalidInputError for an exception that can
 * never fit, since its rule tells no such value.
 */
export const configuredRules = ({ rules }: Pick<Configuration['gate'], 'rules'>): ChosenRule[] =>
  GATE_RULES.filter(({ id }) => rules[id]?.enabled !== false).map((rule) => {
    const { severity, exceptions = [] } = rules[rule.id] ?? {};
    for (const { where } of exceptions) {
      for (const column of Object.keys(where)) mustBeColumn(rule, column);
    }
    return { rule, severity, exceptions };
  });

function mustBeColumn({ id, columns }: ChosenRule['rule'], column: string): void {
  if (columns.includes(column)) return;
  const close = nearest(column, columns);
  const hint = close === undefined ? `it has ${columns.join(', ')}` : `did you mean ${close}?`;
  throw new InvalidInputError(`gate.rules.${id}.exceptions: a finding of this rule has no ${column}; ${hint}`);
}
