import type { Answer } from '../../shared/domain/api/operations.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { ListOptions } from '../commands/findings.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { type Column, renderTable } from '../output/table.ts';
import { withReader } from '../with-reader.ts';

type Finding = Answer<'listFindings'>['findings'][number];

const PAGE = 200;

const COLUMNS: readonly Column<Finding>[] = [
  { title: 'id', value: ({ id }) => id, whole: true },
  { title: 'cluster', value: ({ cluster }) => cluster },
  { title: 'severity', value: ({ severity }) => severity },
  { title: 'state', value: ({ state }) => state },
  { title: 'since', value: ({ openedAt }) => formatInstant(openedAt), whole: true },
  { title: 'check', value: ({ check }) => check },
  { title: 'finding', value: ({ message }) => message },
];

/** Every finding that passes the filters, page by page, newest opened first. */
export async function listFindings(io: Io, { state, output, ...filter }: ListOptions): Promise<void> {
  const asked = { ...filter, limit: PAGE, ...(state !== 'all' && { state }) };
  const findings = await withReader(io, async (reader) => {
    const all: Finding[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await reader.listFindings({ ...asked, cursor });
      all.push(...page.findings);
      cursor = page.next;
    }
    return all;
  });
  if (output === 'json') return writeJson(io, { findings });
  io.out(renderTable(io, COLUMNS, findings));
  if (findings.length === 0)
    io.err(`no finding${state === 'all' ? '' : ` is ${state}`}: evaluations that record write them (check --record)\n`);
}
