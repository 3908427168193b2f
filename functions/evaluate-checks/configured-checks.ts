import { CHECKS } from '../../shared/checks/registry.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import type { ChosenCheck } from './evaluate-checks.ts';

/** The checks the configuration leaves on, as it sets them. */
export const configuredChecks = (configured: Configuration['checks']): ChosenCheck[] =>
  CHECKS.filter(({ id }) => configured[id]?.enabled !== false).map((check) => ({
    check,
    severity: configured[check.id]?.severity ?? check.severity,
    parameters: { ...configured[check.id]?.parameters },
    exceptions: configured[check.id]?.exceptions ?? [],
  }));
