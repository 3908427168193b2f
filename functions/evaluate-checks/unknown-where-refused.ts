import type { ChosenCheck } from '../../shared/checks/configured-checks.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { CheckResult } from './evaluate-checks.ts';

/** A query that is refused, or ended because it takes too much, is its check's own affair: the others are judged all the same. */
export async function unknownWhereRefused(
  { check, severity }: ChosenCheck,
  evaluate: () => Promise<CheckResult>,
): Promise<CheckResult> {
  try {
    return await evaluate();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { check, severity, status: 'unknown', findings: [], accepted: [], reason: error.message };
  }
}
