import type { Configuration } from '../domain/configuration.ts';
import type { ChosenRule } from './judge-change.ts';
import { GATE_RULES } from './rules/registry.ts';

/** The rules that a configuration leaves on, each with what it makes of it. */
export const configuredRules = ({ rules }: Pick<Configuration['gate'], 'rules'>): ChosenRule[] =>
  GATE_RULES.filter(({ id }) => rules[id]?.enabled !== false).map((rule) => ({
    rule,
    severity: rules[rule.id]?.severity,
    exceptions: rules[rule.id]?.exceptions ?? [],
  }));
