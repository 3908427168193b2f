import { resolve } from 'node:path';
import type { OwnCheck } from '../../../shared/checks/own-checks/own-check.ts';
import type { Configuration } from '../../../shared/domain/configuration.ts';
import { ownRulesOn } from '../../../shared/gate/configured-rules.ts';
import { GATE_RULE_IDS } from '../../../shared/gate/rule-ids.ts';
import { readOwnChecks } from '../../own-checks/read-own-checks.ts';

/**
 * The user's own rules that the configuration leaves on: those in the directory named on the command line, else in
 * `gate.ownRules`. Throws NotFoundError or InvalidInputError, one sentence, for what is no directory of rules, and for a rule
 * the configuration speaks of that is not there.
 */
export async function readOwnRules(
  cwd: string,
  gate: Pick<Configuration['gate'], 'ownRules' | 'rules'>,
  named?: string,
): Promise<OwnCheck[]> {
  const directory = named === undefined ? gate.ownRules : resolve(cwd, named);
  if (directory === undefined) return [];
  const rules = await readOwnChecks(cwd, directory, { ids: GATE_RULE_IDS, noun: 'rule' });
  return ownRulesOn(gate, rules, named ?? directory);
}
