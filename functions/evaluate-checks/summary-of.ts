import type { Evaluation } from './evaluate-checks.ts';

/** What a log line tells of an evaluation: how many checks ended how, and how many findings there are. */
export function summaryOf({ results, recorded }: Evaluation) {
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  return {
    recorded: recorded === true,
    clean: count('clean'),
    violated: count('violated'),
    unknown: count('unknown'),
    findings: results.reduce((sum, { findings }) => sum + findings.length, 0),
  };
}
