import type { Check } from '../../shared/checks/check.ts';
import { CHECKS } from '../../shared/checks/registry.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import type { ChosenCheck } from './evaluate-checks.ts';

/** The checks the configuration leaves on, as it sets them. */
export const configuredChecks = (configured: Configuration['checks']): ChosenCheck[] =>
  CHECKS.filter(({ id }) => configured[id]?.enabled !== false).map((check) => configuredCheck(check, configured));

/** One check as the configuration sets it. */
export const configuredCheck = (check: Check, configured: Configuration['checks']): ChosenCheck => ({
  check,
  severity: configured[check.id]?.severity ?? check.severity,
  parameters: { ...configured[check.id]?.parameters },
  exceptions: configured[check.id]?.exceptions ?? [],
});
