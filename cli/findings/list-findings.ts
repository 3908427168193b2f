import { wholeNumber } from '../../shared/domain/api/asked.ts';
import type { Answer, Reader } from '../../shared/domain/api/operations.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import { checkCases } from '../check/check-cases.ts';
import { checkLog } from '../check/check-log.ts';
import type { ListOptions } from '../commands/findings.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { renderJunit } from '../output/junit.ts';
import { printable } from '../output/printable.ts';
import { renderSarif } from '../output/sarif.ts';
import { type Column, renderTable } from '../output/table.ts';
import { withReader } from '../with-reader.ts';
import { readAsked } from './read-asked.ts';
import { standingOf } from './standing.ts';

type Finding = Answer<'listFindings'>['findings'][number];
type Filter = Omit<ListOptions, 'limit' | 'output'>;
type Listed = { readonly findings: readonly Finding[]; readonly total: number };

const PAGE = 200;
/** Nobody reads further: who wants them all says so, or takes JSON. */
const TABLE_ROWS = 200;
const MOST = 1_000_000;

const COLUMNS: readonly Column<Finding>[] = [
  { title: 'id', value: ({ id }) => id, whole: true },
  { title: 'cluster', value: ({ cluster }) => printable(cluster) },
  { title: 'severity', value: ({ severity }) => severity },
  { title: 'state', value: ({ state, flappingSince }) => (flappingSince === null ? state : `${state}, flapping`) },
  { title: 'since', value: ({ openedAt }) => formatInstant(openedAt), whole: true },
  { title: 'check', value: ({ check }) => check },
  { title: 'finding', value: ({ message }) => printable(message) },
];

/** The findings that pass the filters, newest opened first, and how many there are beside them. */
export async function listFindings(io: Io, { output, limit, ...options }: ListOptions, version: string): Promise<void> {
  const most = limit === undefined ? undefined : readAsked(wholeNumber(MOST), limit, 'limit');
  if (output === 'sarif' || output === 'junit') return io.out(await renderReport(io, { ...options, output, version }));
  const { findings, total } = await withReader(io, (reader) =>
    readPages(reader, options, most ?? (output === 'table' ? TABLE_ROWS : MOST)),
  );
  if (output === 'json') return writeJson(io, { findings, total });
  io.out(output === 'short' ? findings.map(toLine).join('') : renderTable(io, COLUMNS, findings));
  if (findings.length < total)
    io.err(`${findings.length} of ${total}, newest opened first: --limit ${total} for all, or choose by ${FILTERS}\n`);
  if (total === 0) io.err(nothingFound(options));
}

const toLine = ({ id, cluster, severity, state, check, message }: Finding): string =>
  `${id} ${printable(cluster)} ${severity} ${state} ${check}: ${printable(message)}\n`;

type ReportAsked = Filter & { readonly output: 'sarif' | 'junit'; readonly version: string };

/** All findings that pass, with the checks that could not be judged: every open one fails, whatever its severity. */
async function renderReport(io: Io, { output, version, ...options }: ReportAsked): Promise<string> {
  const { state, cluster, check } = options;
  if (state !== 'open' && state !== 'all') {
    throw new InvalidInputError(`a report tells what is open, and with --state all what is accepted too, not ${state}`);
  }
  const standing = await withReader(io, async (reader) => {
    const { findings } = await readPages(reader, options, MOST);
    const { evaluations } = await reader.readChecks({ cluster });
    return standingOf(evaluations, findings, check);
  });
  if (output === 'junit') return renderJunit(checkCases(standing, 'info'));
  return renderSarif(checkLog(standing, { exitCode: 0, version }));
}

const FILTERS = '--severity, --check, --namespace, --owner or --cluster';

async function readPages(reader: Reader, { state, ...filter }: Filter, most: number): Promise<Listed> {
  const asked = { ...filter, ...(state !== 'all' && { state }) };
  const findings: Finding[] = [];
  let total = 0;
  for (let cursor: string | null | undefined; cursor !== null && findings.length < most; ) {
    const page = await reader.listFindings({ ...asked, limit: Math.min(PAGE, most - findings.length), cursor });
    findings.push(...page.findings);
    total = page.total ?? total;
    cursor = page.next;
  }
  return { findings, total };
}

function nothingFound({ state, ...filter }: Filter): string {
  const chosen = Object.entries(filter).map(([name, value]) => `${name} ${printable(String(value))}`);
  const what = [state === 'all' ? 'no finding' : `no finding is ${state}`, ...chosen].join(', ');
  return `${what}: evaluations that record write them (check --record)\n`;
}
