import type { Io } from '../io.ts';
import { type JunitSuite, renderJunit } from '../output/junit.ts';
import { mark } from '../output/mark.ts';
import { paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import type { TestOutcome } from './test-own-checks.ts';

const failed = ({ problems }: TestOutcome): boolean => problems.length > 0;

/** 1 when a check does not say what it should, else 0. */
export const exitCodeOfTests = (outcomes: readonly TestOutcome[]): 0 | 1 => (outcomes.some(failed) ? 1 : 0);

/** The outcomes in one of the formats of `-o`. Ends with a newline, unless there is nothing to tell. */
export function renderTests(io: Pick<Io, 'colour'>, format: string, outcomes: readonly TestOutcome[]): string {
  if (format === 'json') {
    return `${JSON.stringify({ exitCode: exitCodeOfTests(outcomes), tests: outcomes }, null, 2)}\n`;
  }
  if (format === 'junit') return renderJunit(casesOf(outcomes));
  if (format === 'short') {
    const lines = outcomes.flatMap(({ check, test, problems }) =>
      problems.map((one) => `${check} ${test}: ${printable(one)}\n`),
    );
    return lines.join('');
  }
  return renderTable(io, outcomes);
}

function renderTable(io: Pick<Io, 'colour'>, outcomes: readonly TestOutcome[]): string {
  const checks = [...Map.groupBy(outcomes, ({ check }) => check)].map(([check, members]) => {
    const lines = members.flatMap((outcome) => [
      `${mark(io, failed(outcome) ? 'failure' : 'ok')} ${outcome.test}: ${wordsOf(outcome)}`,
      ...outcome.problems.map((problem) => `    ${printable(problem)}`),
    ]);
    return [paint(io, 'bold', check), ...lines].join('\n');
  });
  const bad = outcomes.filter(failed).length;
  const sign = mark(io, bad > 0 ? 'failure' : 'ok');
  const status = `Test results are ${sign} (${outcomes.length} tests of ${checks.length} checks, ${bad} failed)`;
  return `${[...checks, status].join('\n\n')}\n`;
}

function wordsOf(outcome: TestOutcome): string {
  const { expected } = outcome;
  if (failed(outcome)) return 'failed';
  return expected.length === 0 ? 'silent, as it should be' : `finds what it should (${expected.length})`;
}

const casesOf = (outcomes: readonly TestOutcome[]): JunitSuite => ({
  name: 'meshgraph check --test',
  cases: outcomes.map((outcome) => ({
    group: outcome.check,
    name: outcome.test,
    outcome: failed(outcome) ? 'failed' : 'passed',
    message: outcome.problems[0] ?? '',
    text: outcome.problems.join('\n'),
  })),
});
