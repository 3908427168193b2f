import type { LivedFinding } from '../../shared/domain/api/findings.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { OneOptions } from '../commands/findings.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { withReader } from '../with-reader.ts';

/** One finding with its whole life: its history says who did what, until when and why. */
export async function showFinding(io: Io, id: string, { cluster, output }: OneOptions): Promise<void> {
  const { finding } = await withReader(io, (reader) => reader.readFinding({ id, cluster }));
  if (output === 'json') return writeJson(io, { finding });
  io.out(renderFinding(io, finding));
}

function renderFinding(io: Pick<Io, 'colour'>, finding: LivedFinding): string {
  const { cluster, check, state, severity, message, remedy, history, row } = finding;
  const heading = (text: string): string => `\n${paint(io, 'bold', text)}`;
  return `${[
    paint(io, 'bold', `${check} in ${printable(cluster)}: ${state} (${severity})`),
    printable(message),
    '',
    ...aligned(datesOf(finding)),
    heading('history'),
    ...aligned(history.map((entry) => [formatInstant(entry.at), `${entry.state.padEnd(8)}  ${wordsOf(entry)}`])),
    heading('evidence'),
    ...aligned(Object.entries(row).map(([column, value]) => [column, shown(value)])),
    ...(remedy === null ? [] : [heading('what to do'), remedy, `see docs/checks.md#${check}`]),
  ].join('\n')}\n`;
}

function datesOf(finding: LivedFinding): [string, string][] {
  const { firstSeen, openedAt, lastSeen, evaluatedAt, resolvedAt, flappingSince } = finding;
  const { namespaces, owners, about } = finding;
  const dates: [string, number | null][] = [
    ['first seen', firstSeen],
    ['open since', openedAt],
    ['last seen', lastSeen],
    ['looked for', evaluatedAt],
    ['resolved', resolvedAt],
    ['flapping since', flappingSince],
  ];
  return [
    ...dates.flatMap(([name, at]): [string, string][] => (at === null ? [] : [[name, formatInstant(at)]])),
    ['namespaces', listed(namespaces)],
    ['owners', listed(owners)],
    ['about', listed(about.map(({ label, name, key }) => `${label} ${name ?? key}`))],
  ];
}

function wordsOf({ by, why, until }: LivedFinding['history'][number]): string {
  const who = [by === undefined ? '' : `by ${by}`, until === undefined ? '' : `until ${formatInstant(until)}`];
  const words = who.filter((part) => part !== '').join(' ');
  return printable([words, why ?? ''].filter((part) => part !== '').join(': '));
}

const listed = (names: readonly string[]): string => printable(names.join(', ') || '-');

const shown = (value: unknown): string => printable(typeof value === 'string' ? value : JSON.stringify(value));

/** Names and what is said of them in two columns. */
function aligned(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...pairs.map(([name]) => name.length));
  return pairs.map(([name, text]) => `${name.padEnd(width)}  ${text}`.trimEnd());
}
