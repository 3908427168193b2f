import { InvalidInputError } from '../domain/errors.ts';
import type { Graph } from './connection.ts';

const TIMEOUT_MS = 60_000;
const MAX_ROWS = 500_000;

/**
 * Runs the query of a check or question in a READ session. One that answers more rows than anybody can use, or takes
 * longer than a minute, fails rather than tell half an answer.
 */
export async function readRows(
  graph: Graph,
  query: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<readonly unknown[]> {
  const rows = await graph.read(query, parameters, { timeoutMs: TIMEOUT_MS, maxRows: MAX_ROWS + 1 });
  if (rows.length <= MAX_ROWS) return rows;
  throw new InvalidInputError(`the answer has more than ${MAX_ROWS} rows: ask about a shorter period (--since)`);
}
