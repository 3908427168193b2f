import type { Configuration } from '../domain/configuration.ts';
import type { Check, Severity } from './check.ts';
import { CHECKS } from './registry.ts';

/** A check with what the configuration makes of it. `parameters` are milliseconds and override the check's defaults. */
export type ChosenCheck = {
  readonly check: Check;
  readonly severity: Severity;
  readonly parameters: Readonly<Record<string, number>>;
  readonly exceptions: readonly { where: Readonly<Record<string, string>>; reason: string; until: number }[];
  /** Its parameters are those of one run, not the configuration's: what it does not find then is not over. */
  readonly justThisOnce?: boolean;
};

/**
 * As the configuration sets them: the checks named, even where it turns them off, else all that it leaves on. `all` are
 * those there are, the user's own among them.
 */
export const configuredChecks = (
  configured: Configuration['checks'],
  ids: readonly string[] = [],
  all: readonly Check[] = CHECKS,
): ChosenCheck[] =>
  all
    .filter(({ id }) => (ids.length > 0 ? ids.includes(id) : configured[id]?.enabled !== false))
    .map((check) => ({
      check,
      severity: configured[check.id]?.severity ?? check.severity,
      parameters: { ...configured[check.id]?.parameters },
      exceptions: configured[check.id]?.exceptions ?? [],
    }));
