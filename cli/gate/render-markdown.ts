import { formatInstant } from '../../shared/domain/instant.ts';
import { gatePicture } from '../../shared/gate/picture.ts';
import type { GateFinding, GateReport } from '../../shared/gate/report.ts';
import { endWords, lastDay, objectWords, some, trafficWords } from '../../shared/gate/telling/amounts.ts';
import { markdownCode, markdownTable, markdownText } from '../output/markdown-text.ts';
import { byRule, describeRule, shownPlace, statusWords, type ToldGate } from './told-gate.ts';

/** What GitHub takes as a comment; GitLab takes more. */
const MOST_CHARACTERS = 65_536;
/** Rows of each table, tried from the most on until the comment is short enough. */
const ROWS = [100, 40, 15, 5, 1];
const CELL_LENGTH = 600;
const ARROWS = 30;

/**
 * The judgement as a comment on a pull request. The first line names the comment, so that the next one can take its place.
 * What is too much for a comment is counted.
 */
export function renderMarkdown(told: ToldGate): string {
  for (const rows of ROWS) {
    const comment = renderRows(told, rows);
    if (comment.length <= MOST_CHARACTERS) return comment;
  }
  return `${headline(told)}\n`;
}

const MARKS = { 0: '✅', 1: '❌', 2: '⚠️' } as const;

const headline = (told: ToldGate): string =>
  `<!-- meshgraph gate -->\n### ${MARKS[told.outcome.exitCode]} meshgraph gate: ${statusWords(told)}`;

function renderRows(told: ToldGate, most: number): string {
  const { report, outcome, all } = told;
  const { cluster, at, traffic, objects, notes, unjudged, existing, skipped, expired } = report;
  const found = [...outcome.failing, ...outcome.passing];
  const sections = [
    headline(told),
    `${markdownCode(cluster)} as of ${formatInstant(at)}; ${objectWords(objects)}.<br>Calls seen: ${trafficWords(traffic)}.`,
    unjudged.length === 0 ? '' : `**It cannot be judged:**\n${list(unjudged, most)}`,
    findingTable(found, new Set(outcome.failing), most),
    picture(report),
    details('Calls seen whose verdict turns', report.calls.length, () => callTable(report, most)),
    details('Who may call what it could not before', report.opened.length, () => openedTable(report, most)),
    details('Excepted by the configuration', skipped.length, () => exceptionTable(skipped, most)),
    details('Excepted until lately: these fail', expired.length, () => exceptionTable(expired, most)),
    all ? '' : details('There before, and not counted', existing.length, () => findingTable(existing, new Set(), most)),
    details('What to do', found.length, () => remedies(told, found), false),
    details('What to know', notes.length, () => list(notes, most), false),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const cell = (text: string): string =>
  markdownText(text.length > CELL_LENGTH ? `${text.slice(0, CELL_LENGTH - 1)}…` : text);

function table<Row>(titles: readonly string[], rows: readonly Row[], most: number, cellsOf: (row: Row) => string[]) {
  if (rows.length === 0) return '';
  const left = rows.length - most;
  return `${markdownTable(titles, rows.slice(0, most).map(cellsOf))}${left > 0 ? `\n\nand ${left} more` : ''}`;
}

const findingTable = (findings: readonly GateFinding[], failing: ReadonlySet<GateFinding>, most: number): string =>
  table(['', 'where', 'what', 'rule'], findings, most, (finding) => [
    `${failing.has(finding) ? '❌ ' : ''}${finding.severity}`,
    whereOf(finding),
    cell(finding.message),
    markdownCode(finding.rule),
  ]);

const whereOf = (finding: GateFinding): string => {
  const place = shownPlace(finding);
  return place === null ? cell(finding.object ?? '') : markdownCode(place);
};

const callTable = ({ calls }: GateReport, most: number): string =>
  table(['call', 'seen', 'last', 'before', 'after', 'because'], calls, most, (call) => [
    cell(`${call.from} → ${endWords(call)}`),
    some(call.count, call.unit.slice(0, -1)),
    formatInstant(call.last),
    cell(call.before),
    cell(call.after),
    cell(call.reason),
  ]);

const openedTable = ({ opened }: GateReport, most: number): string =>
  table(['who', 'may call', 'behind it'], opened, most, (way) => [
    cell(way.who),
    cell(endWords(way)),
    cell(way.dataClasses.join(', ')),
  ]);

const exceptionTable = (exceptions: GateReport['skipped'], most: number): string =>
  table(['where', 'what', 'reason', 'last day'], exceptions, most, ({ finding, reason, until }) => [
    whereOf(finding),
    cell(finding.message),
    cell(reason),
    lastDay(until),
  ]);

function picture(report: GateReport): string {
  const drawn = gatePicture(report, ARROWS);
  if (drawn === null) return '';
  const more = drawn.left > 0 ? `\n\nand ${drawn.left} more that are not drawn` : '';
  return `Red: calls seen that break. Green, dashed: who gains access.\n\n\`\`\`mermaid\n${drawn.mermaid}\n\`\`\`${more}`;
}

const remedies = (told: ToldGate, findings: readonly GateFinding[]): string =>
  byRule(findings)
    .map(([id]) => `- ${markdownCode(id)}: ${describeRule(told, id).remedy}`)
    .join('\n');

const list = (sentences: readonly string[], most: number): string =>
  [...sentences.slice(0, most), ...(sentences.length > most ? [`and ${sentences.length - most} more`] : [])]
    .map((sentence) => `- ${cell(sentence)}`)
    .join('\n');

/** Folded; GitHub reads Markdown inside only after an empty line. */
const details = (title: string, count: number, inside: () => string, counted = true): string =>
  count === 0 ? '' : `<details><summary>${title}${counted ? ` (${count})` : ''}</summary>\n\n${inside()}\n\n</details>`;
