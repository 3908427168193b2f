import { formatInstant } from '../../shared/domain/instant.ts';
import type { GateFinding, GateReport } from '../../shared/gate/report.ts';
import { endWords, lastDay, objectWords, seenWords, some, trafficWords } from '../../shared/gate/telling/amounts.ts';
import type { Io } from '../io.ts';
import { mark, type Outcome } from '../output/mark.ts';
import { paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { byRule, describeRule, shownPlace, statusWords, type ToldGate } from './told-gate.ts';

type Screen = Pick<Io, 'colour'>;

/** Of one rule, and of what stands below the rules: nobody reads more of a terminal. */
const MOST_SHOWN = 10;

/** The judgement on one screen: what fails first, then what turns and opens, what is excepted, and one line of status. */
export function renderTable(io: Screen, told: ToldGate): string {
  const { report, outcome } = told;
  const sections = [
    head(io, report),
    report.unjudged.map((why) => `${mark(io, 'warning')} cannot judge: ${printable(why)}`),
    ...byRule(outcome.failing).map((group) => ruleLines(io, told, 'failure', group)),
    ...byRule(outcome.passing).map((group) => ruleLines(io, told, 'warning', group)),
    titled(io, 'Calls seen whose verdict turns', callLines(report)),
    titled(io, 'Who may call what it could not before', openedLines(report)),
    titled(io, 'Excepted by the configuration', exceptionLines(report.skipped, 'until')),
    titled(io, 'Excepted until lately: these fail', exceptionLines(report.expired, 'ended')),
    existingLines(told),
    [statusLine(io, told)],
  ];
  const shown = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

function head(io: Screen, { cluster, at, traffic, objects, notes }: GateReport): string[] {
  return [
    `${paint(io, 'bold', printable(cluster))} as of ${formatInstant(at)}; ${objectWords(objects)}`,
    `calls seen: ${trafficWords(traffic)}`,
    ...notes.map((note) => `note: ${printable(note)}`),
  ];
}

function ruleLines(
  io: Screen,
  told: ToldGate,
  outcome: Outcome,
  [id, findings]: [string, readonly GateFinding[]],
): string[] {
  const { title, remedy, group } = describeRule(told, id);
  const severities = [...new Set(findings.map(({ severity }) => severity))].join(', ');
  const lines = cut(findings, (finding) => {
    const place = shownPlace(finding);
    return printable(place === null ? finding.message : `${place}: ${finding.message}`);
  });
  return [
    `${mark(io, outcome)} ${title} (${severities}${findings.length > 1 ? `, ${some(findings.length, 'finding')}` : ''})`,
    ...lines.map((line) => `    ${line}`),
    `    hint: ${remedy}`,
    ...(group === 'own' ? [] : [`    see docs/gate-rules.md#${id}`]),
  ];
}

const callLines = ({ calls }: GateReport): string[] =>
  cut(calls, (call) =>
    printable(`${call.from} → ${endWords(call)}: ${call.before} → ${call.after}, ${seenWords(call)}: ${call.reason}`),
  );

const openedLines = ({ opened }: GateReport): string[] =>
  cut(opened, (way) => {
    const behind = way.dataClasses.length > 0 ? `, behind it ${way.dataClasses.join(', ')}` : '';
    return printable(`${way.who} → ${endWords(way)}${behind}`);
  });

const exceptionLines = (exceptions: GateReport['skipped'], ends: 'until' | 'ended'): string[] =>
  cut(exceptions, ({ finding, reason, until }) => {
    const place = shownPlace(finding);
    return printable(
      `${finding.rule}: ${place === null ? '' : `${place}: `}${finding.message} (${reason}; ${ends} ${lastDay(until)})`,
    );
  });

function existingLines({ report: { existing }, all }: ToldGate): string[] {
  if (existing.length === 0 || all) return [];
  const rules = byRule(existing).map(([rule, { length }]) => `${rule} ${length}`);
  return [
    `${some(existing.length, 'finding')} ${existing.length === 1 ? 'was there before and counts' : 'were there before and count'} only with --all: ${rules.join(', ')}`,
  ];
}

function titled(io: Screen, title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [paint(io, 'bold', title), ...lines.map((line) => `    ${line}`)];
}

function cut<Row>(rows: readonly Row[], lineOf: (row: Row) => string): string[] {
  const lines = rows.slice(0, MOST_SHOWN).map(lineOf);
  return rows.length > MOST_SHOWN ? [...lines, `and ${rows.length - MOST_SHOWN} more (-o json has all)`] : lines;
}

function statusLine(io: Screen, told: ToldGate): string {
  const sign = mark(io, ({ 0: 'ok', 1: 'failure', 2: 'warning' } as const)[told.outcome.exitCode]);
  return `Gate result is ${sign} (${statusWords(told)})`;
}
