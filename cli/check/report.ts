import type { Severity } from '../../shared/checks/check.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { Io } from '../io.ts';
import { mark } from '../output/mark.ts';
import { paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import type { Judged, JudgedCheck } from './judged.ts';
import { exitCodeOf, fails, outcomeOf } from './verdict.ts';

type Screen = Pick<Io, 'colour'>;

const MOST_SHOWN = 10;

/** The result in the manner of `linkerd check`: groups, a mark a check, what was found and what to do, a status line. */
export function renderReport(io: Screen, evaluations: readonly Judged[], failOn: Severity): string {
  const sections = evaluations.flatMap((evaluation) => {
    const { cluster, since, at, notes, results } = evaluation;
    const head = paint(io, 'bold', `${cluster}: ${formatInstant(since)} to ${formatInstant(at)}`);
    const warned = notes.map((note) => `${mark(io, 'warning')} ${note}`);
    const groups = [...Map.groupBy(results, ({ check }) => check.group)].map(([group, members]) =>
      [group, '-'.repeat(group.length), ...members.map((result) => renderResult(io, result, failOn))].join('\n'),
    );
    return [[head, ...warned].join('\n'), ...groups];
  });
  return `${[...sections, renderStatus(io, evaluations, failOn)].join('\n\n')}\n`;
}

function renderResult(io: Screen, result: JudgedCheck, failOn: Severity): string {
  const { check, severity, findings, accepted, reason, status } = result;
  const lines = findings.slice(0, MOST_SHOWN).map(({ message }) => printable(message));
  if (findings.length > MOST_SHOWN) lines.push(`and ${findings.length - MOST_SHOWN} more (-o short lists all)`);
  for (const one of accepted)
    lines.push(paint(io, 'dim', `accepted: ${printable(one.finding.message)} (${printable(one.reason)})`));
  if (reason !== undefined) lines.push(`${status === 'unknown' ? 'cannot judge: ' : ''}${printable(reason)}`);
  if (findings.length > 0) lines.push(`hint: ${check.remedy}`);
  if (findings.length > 0 && check.group !== 'own') lines.push(`see docs/checks.md#${check.id}`);
  const counted = [findings.length > 0 ? severity : '', amountOf(result)].filter((text) => text !== '').join(', ');
  const title = `${mark(io, outcomeOf(result, failOn))} ${check.title}${counted === '' ? '' : ` (${counted})`}`;
  return [title, ...lines.map((line) => `    ${line}`)].join('\n');
}

/** `3 of 41 workloads`, and of what is clean, how much was looked at: `41 workloads`. */
function amountOf({ population, findings }: JudgedCheck): string {
  if (population === undefined) return '';
  const { count, noun } = population;
  if (findings.length > 0) return `${findings.length} of ${count} ${noun}`;
  return `${count === 0 ? 'no' : count} ${noun}`;
}

function renderStatus(io: Screen, evaluations: readonly Judged[], failOn: Severity): string {
  const results = evaluations.flatMap((evaluation) => evaluation.results);
  const found = results.reduce((sum, { findings }) => sum + findings.length, 0);
  const failing = results.filter((result) => fails(result, failOn)).reduce((sum, one) => sum + one.findings.length, 0);
  const unknown = results.filter(({ status }) => status === 'unknown').length;
  const sign = mark(io, ({ 0: 'ok', 1: 'failure', 2: 'warning' } as const)[exitCodeOf(evaluations, failOn)]);
  const words = [`${found} findings, ${failing} at or over ${failOn}`];
  if (unknown > 0) words.push(`${unknown} of ${results.length} checks cannot be judged`);
  return `Status check results are ${sign} (${words.join('; ')})`;
}

/** One line a finding, and one a check that could not be judged: for grep and for logs. */
export function renderShort(evaluations: readonly Judged[]): string {
  const lines = evaluations.flatMap(({ cluster, results }) =>
    results.flatMap(({ check, severity, findings, status, reason }) => [
      ...findings.map(({ message }) => `${cluster} ${severity} ${check.id}: ${printable(message)}\n`),
      ...(status === 'unknown' ? [`${cluster} unknown ${check.id}: ${printable(reason ?? '')}\n`] : []),
    ]),
  );
  return lines.join('');
}

/** Evaluations as `-o json` prints them. Instants in epoch milliseconds, as everywhere in the graph. */
export function asJson(evaluations: readonly Judged[], failOn: Severity): object {
  return {
    failOn,
    exitCode: exitCodeOf(evaluations, failOn),
    evaluations: evaluations.map(({ results, ...evaluation }) => ({
      ...evaluation,
      results: results.map(({ check, ...result }) => ({
        check: check.id,
        title: check.title,
        remedy: check.remedy,
        ...result,
      })),
    })),
  };
}
