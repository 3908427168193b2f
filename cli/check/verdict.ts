import { SEVERITIES, type Severity } from '../../shared/checks/check.ts';
import type { Outcome } from '../output/mark.ts';
import type { Judged, JudgedCheck } from './judged.ts';

const gravity = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** Findings at or over the severity that fails. */
export const fails = ({ severity, findings }: JudgedCheck, failOn: Severity): boolean =>
  findings.length > 0 && gravity(severity) <= gravity(failOn);

export function outcomeOf(result: JudgedCheck, failOn: Severity): Outcome {
  if (fails(result, failOn)) return 'failure';
  return result.status === 'clean' && result.reason === undefined ? 'ok' : 'warning';
}

/** 1 when a finding fails, else 2 when any check could not be judged, else 0. */
export function exitCodeOf(evaluations: readonly Judged[], failOn: Severity): 0 | 1 | 2 {
  const results = evaluations.flatMap((evaluation) => evaluation.results);
  if (results.some((result) => fails(result, failOn))) return 1;
  return results.some(({ status }) => status === 'unknown') ? 2 : 0;
}
