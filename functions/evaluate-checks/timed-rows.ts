import type { ChosenCheck } from '../../shared/checks/configured-checks.ts';
import type { EvaluateChecksDeps } from './evaluate-checks.ts';

type ReadRows = EvaluateChecksDeps['readRows'];

/** Reads rows as before, and keeps in `took` how long each query took, as `<check> <ms> ms`, or `<check> population <ms> ms`. */
export function timedRows(readRows: ReadRows, checks: readonly ChosenCheck[], now: () => number) {
  const took: string[] = [];
  const timed: ReadRows = async (query, params) => {
    const began = now();
    try {
      return await readRows(query, params);
    } finally {
      took.push(`${nameOf(query, checks)} ${now() - began} ms`);
    }
  };
  return { readRows: timed, took };
}

function nameOf(query: string, checks: readonly ChosenCheck[]): string {
  const asked = checks.find(({ check }) => check.query === query || check.population?.query === query)?.check;
  if (asked === undefined) return 'unknown';
  return asked.query === query ? asked.id : `${asked.id} population`;
}
