import { text } from 'node:stream/consumers';
import type { Answer } from '../../shared/domain/api/operations.ts';
import { csvText } from '../../shared/domain/csv-text.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { markdownTable, markdownText } from '../output/markdown-text.ts';
import { printable } from '../output/printable.ts';
import { renderTable } from '../output/table.ts';
import { withReader } from '../with-reader.ts';
import { readPair } from './read-parameters.ts';

export type AskedCypher = {
  /** `-`: what is piped in. */
  readonly statement: string;
  readonly pairs: readonly string[];
  readonly output: string;
};

/** Free Cypher as people ask it: behind the fences of the API (shared/graph/reader/cypher-reading.ts), rows as a table. */
export async function askCypher(io: Io, { statement, pairs, output }: AskedCypher): Promise<void> {
  const asked = statement === '-' ? await pipedIn(io) : statement;
  if (asked.trim() === '') throw new InvalidInputError('expected one statement of Cypher, got an empty text');
  const parameters = Object.fromEntries(pairs.map(readPair).map(([name, value]) => [name, valueIn(value)]));
  const answered = await withReader(io, (reader) => reader.runCypher({ statement: asked, parameters }));
  if (answered.truncated) io.err(`note: only the first ${answered.rows.length} rows: ask for fewer with LIMIT\n`);
  for (const note of answered.freshness.flatMap(({ notes }) => notes)) io.err(`note: ${printable(note)}\n`);
  if (output === 'json') writeJson(io, answered);
  else io.out(render(io, answered.rows, output));
}

function render(io: Io, rows: Answer<'runCypher'>['rows'], output: string): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => names.map((name) => textOf(row[name])));
  if (output === 'csv') return csvText(names, cells);
  if (output === 'markdown')
    return `${markdownTable(
      names.map(markdownText),
      cells.map((row) => row.map(markdownText)),
    )}\n`;
  return renderTable(
    io,
    names.map((name, i) => ({ title: printable(name), value: (row: readonly string[]) => printable(row[i] ?? '') })),
    cells,
  );
}

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** `5`, `true` and `["a"]` are what they are in JSON; anything else is a text. */
function valueIn(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}

async function pipedIn({ stdin }: Io): Promise<string> {
  if (stdin === undefined) {
    throw new InvalidInputError('--cypher - reads the statement from stdin, but nothing is piped in');
  }
  return text(stdin());
}
