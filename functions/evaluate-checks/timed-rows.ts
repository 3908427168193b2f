import type { ChosenCheck } from '../../shared/checks/configured-checks.ts';
import type { EvaluateChecksDeps } from './evaluate-checks.ts';

type ReadRows = EvaluateChecksDeps['readRows'];

/** Reads rows as before, and keeps in `took` how long each check's query took, as `<check> <ms> ms`. */
export function timedRows(readRows: ReadRows, checks: readonly ChosenCheck[], now: () => number) {
  const took: string[] = [];
  const timed: ReadRows = async (query, params) => {
    const began = now();
    try {
      return await readRows(query, params);
    } finally {
      const asked = checks.find(({ check }) => check.query === query)?.check.id ?? 'unknown';
      took.push(`${asked} ${now() - began} ms`);
    }
  };
  return { readRows: timed, took };
}
