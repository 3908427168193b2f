import { wholeNumber } from '../../shared/domain/api/asked.ts';
import type { Answer } from '../../shared/domain/api/operations.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { ListOptions } from '../commands/findings.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { printable } from '../output/printable.ts';
import { type Column, renderTable } from '../output/table.ts';
import { withReader } from '../with-reader.ts';
import { readAsked } from './read-asked.ts';

type Finding = Answer<'listFindings'>['findings'][number];
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
export async function listFindings(io: Io, { output, limit, ...options }: ListOptions): Promise<void> {
  const most = limit === undefined ? undefined : readAsked(wholeNumber(MOST), limit, 'limit');
  const { findings, total } = await readPages(io, options, most ?? (output === 'json' ? MOST : TABLE_ROWS));
  if (output === 'json') return writeJson(io, { findings, total });
  io.out(renderTable(io, COLUMNS, findings));
  if (findings.length < total)
    io.err(`${findings.length} of ${total}, newest opened first: --limit ${total} for all, or choose by ${FILTERS}\n`);
  if (total === 0) io.err(nothingFound(options));
}

const FILTERS = '--severity, --check, --namespace, --owner or --cluster';

async function readPages(
  io: Io,
  { state, ...filter }: Omit<ListOptions, 'limit' | 'output'>,
  most: number,
): Promise<Listed> {
  const asked = { ...filter, ...(state !== 'all' && { state }) };
  return withReader(io, async (reader) => {
    const findings: Finding[] = [];
    let total = 0;
    for (let cursor: string | null | undefined; cursor !== null && findings.length < most; ) {
      const page = await reader.listFindings({ ...asked, limit: Math.min(PAGE, most - findings.length), cursor });
      findings.push(...page.findings);
      total = page.total;
      cursor = page.next;
    }
    return { findings, total };
  });
}

function nothingFound({ state, ...filter }: Omit<ListOptions, 'limit' | 'output'>): string {
  const chosen = Object.entries(filter).map(([name, value]) => `${name} ${printable(String(value))}`);
  const what = [state === 'all' ? 'no finding' : `no finding is ${state}`, ...chosen].join(', ');
  return `${what}: evaluations that record write them (check --record)\n`;
}
