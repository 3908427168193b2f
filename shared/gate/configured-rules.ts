import { nearest } from '../domain/configuration/nearest.ts';
import type { Configuration } from '../domain/configuration.ts';
import { InvalidInputError } from '../domain/errors.ts';
import type { ChosenRule } from './judge-change.ts';
import type { AnyRule } from './rule.ts';
import { GATE_RULE_IDS } from './rule-ids.ts';
import { GATE_RULES } from './rules/registry.ts';

type Configured = Pick<Configuration['gate'], 'rules'>;

/**
 * The rules that a configuration leaves on, built-in ones and the user's own, each with what it makes of it. Throws
 * InvalidInputError for an exception that can never fit, since its rule tells no such value.
 */
export const configuredRules = ({ rules }: Configured, own: readonly AnyRule[] = []): ChosenRule[] =>
  [...GATE_RULES, ...own]
    .filter(({ id }) => rules[id]?.enabled !== false)
    .map((rule) => {
      const { severity, exceptions = [] } = rules[rule.id] ?? {};
      for (const { where } of exceptions) {
        for (const column of Object.keys(where)) mustBeColumn(rule, column);
      }
      return { rule, severity, exceptions };
    });

/**
 * Of the user's own rules those that a configuration leaves on. Throws InvalidInputError where it speaks of a rule that is
 * neither built in nor among them. `directory` is how messages call where they are.
 */
export function ownRulesOn<Rule extends { readonly id: string }>(
  { rules }: Configured,
  own: readonly Rule[],
  directory: string,
): Rule[] {
  const known = [...GATE_RULE_IDS, ...own.map(({ id }) => id)];
  const unknown = Object.keys(rules).find((id) => !known.includes(id));
  if (unknown === undefined) return own.filter(({ id }) => rules[id]?.enabled !== false);
  const close = nearest(unknown, known);
  const hint = close === undefined ? '' : `: did you mean "${close}"?`;
  throw new InvalidInputError(`gate.rules: there is no rule "${unknown}", neither built in nor in ${directory}${hint}`);
}

function mustBeColumn({ id, columns }: ChosenRule['rule'], column: string): void {
  if (columns.includes(column)) return;
  const close = nearest(column, columns);
  const hint = close === undefined ? `it has ${columns.join(', ')}` : `did you mean ${close}?`;
  throw new InvalidInputError(`gate.rules.${id}.exceptions: a finding of this rule has no ${column}; ${hint}`);
}
