import type { Severity } from '../../shared/checks/check.ts';
import type { JunitSuite } from '../output/junit.ts';
import type { Judged, JudgedCheck } from './judged.ts';
import { fails } from './verdict.ts';

type Case = JunitSuite['cases'][number];

/**
 * Evaluations as a suite of tests: a case for each check of each cluster, and one for what of it is accepted. What could not be
 * judged is an error, what still learns is skipped: only what was looked at passes.
 */
export const checkCases = (evaluations: readonly Judged[], failOn: Severity): JunitSuite => ({
  name: `meshgraph check ${evaluations.map(({ cluster }) => cluster).join(', ')}`,
  cases: evaluations.flatMap(({ cluster, results }) =>
    results.flatMap((result) => [caseOf(cluster, result, failOn), ...acceptedOf(cluster, result)]),
  ),
});

const nameOf = (cluster: string, { check }: JudgedCheck) => ({ group: check.id, name: `${cluster}: ${check.title}` });

function caseOf(cluster: string, result: JudgedCheck, failOn: Severity): Case {
  const { check, severity, findings, status, reason } = result;
  const lines = findings.map(({ message }) => `${severity}: ${message}`);
  if (reason !== undefined) lines.push(reason);
  const named = nameOf(cluster, result);
  if (fails(result, failOn)) {
    const [first, ...others] = findings;
    const message = `${first?.message}${others.length > 0 ? ` (and ${others.length} more)` : ''}`;
    return { ...named, outcome: 'failed', message, text: [...lines, `hint: ${check.remedy}`].join('\n') };
  }
  if (status === 'unknown') {
    return { ...named, outcome: 'error', message: `cannot be judged: ${reason}`, text: lines.join('\n') };
  }
  if (status === 'clean' && reason !== undefined) {
    return { ...named, outcome: 'skipped', message: reason, text: '' };
  }
  return { ...named, outcome: 'passed', message: '', text: lines.join('\n') };
}

function acceptedOf(cluster: string, result: JudgedCheck): Case[] {
  const [first] = result.accepted;
  if (first === undefined) return [];
  const { group, name } = nameOf(cluster, result);
  const text = result.accepted.map(({ finding, reason }) => `${finding.message} (${reason})`).join('\n');
  return [{ group, name: `${name}, accepted`, outcome: 'skipped', message: first.reason, text }];
}
