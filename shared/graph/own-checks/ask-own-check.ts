import { namedColumns, type OwnCheck } from '../../checks/own-checks/own-check.ts';
import { ForbiddenError, InvalidInputError } from '../../domain/errors.ts';
import { type Graph, isOutOfMemory } from '../connection.ts';
import { codeOf, isOverTime } from '../driver-errors.ts';
import { refuseStatement } from '../reader/refuse-statement.ts';

export type Rows = readonly Readonly<Record<string, unknown>>[];
type Parameters = Readonly<Record<string, unknown>>;

/** What a query of the user's own may take. */
export const OWN_BOUNDS = { timeoutMs: 30_000, mostRows: 10_000 } as const;

/**
 * The columns of the query of a check of the user's own. Throws InvalidInputError, a sentence with file and line, unless its
 * queries compile, only read, and return what its description names.
 */
export async function demandQueries(graph: Graph, check: OwnCheck, parameters: Parameters): Promise<readonly string[]> {
  const columns = await readColumns(graph, check, 'query', parameters);
  for (const [key, names] of namedColumns(check)) {
    const missing = names.find((name) => !columns.includes(name));
    if (missing === undefined) continue;
    throw new InvalidInputError(
      `${check.folder}/check.yaml:${check.lines[key] ?? 1}: ${key} names ${missing}, and the query returns no such column: it has ${columns.join(', ')}`,
    );
  }
  if (check.populationQuery === undefined) return columns;
  const counted = await readColumns(graph, check, 'population', parameters);
  if (counted.includes('count')) return columns;
  throw new InvalidInputError(
    `${check.folder}/population.cypher:1: it must return one row with a column count: it has ${counted.join(', ')}`,
  );
}

/**
 * The rows of one of its queries, asked in a READ session. Throws InvalidInputError for one that fails, takes too long, or
 * finds too much to be told.
 */
export async function askOwnCheck(
  graph: Graph,
  check: OwnCheck,
  which: 'query' | 'population',
  parameters: Parameters,
  { timeoutMs, mostRows }: { readonly timeoutMs: number; readonly mostRows: number } = OWN_BOUNDS,
): Promise<Rows> {
  const options = { timeoutMs, maxRows: mostRows + 1 };
  const rows = await graph.read(textOf(check, which), parameters, options).catch((error) => {
    throw blamed(check, which, error);
  });
  if (rows.length <= mostRows) return rows;
  throw new InvalidInputError(`${fileOf(check, which)}:1: it returns more than ${mostRows} rows: let it find less`);
}

const textOf = ({ query, populationQuery = '' }: OwnCheck, which: 'query' | 'population'): string =>
  which === 'query' ? query : populationQuery;
const fileOf = ({ folder }: OwnCheck, which: 'query' | 'population'): string => `${folder}/${which}.cypher`;

async function readColumns(
  graph: Graph,
  check: OwnCheck,
  which: 'query' | 'population',
  parameters: Parameters,
): Promise<string[]> {
  try {
    await refuseStatement(graph, textOf(check, which), parameters);
    const { operators } = await graph.explain(textOf(check, which), parameters);
    const told = operators.find(({ type }) => type === 'ProduceResults')?.details.split(', ') ?? [];
    return told.map((column) => column.replaceAll('`', ''));
  } catch (error) {
    throw blamed(check, which, error);
  }
}

/** Neo4j ends its sentence with the place: `(line 1, column 5 (offset: 4))`. What is nobody's fault stays as it is. */
function blamed(check: OwnCheck, which: 'query' | 'population', error: unknown): unknown {
  if (!(error instanceof Error) || !isItsFault(error)) return error;
  if (isOverTime(error)) {
    const words = 'it took longer than it may, and the server ended it: let it read less';
    return new InvalidInputError(`${fileOf(check, which)}:1: ${words}`, { cause: error });
  }
  const [told = ''] = error.message.replace(/^Neo4j at \S+ (says: )?/, '').split('\n');
  const [place = '', line = '1'] = /\s*\(line (\d+), column[^)]*\)*/.exec(told) ?? [];
  return new InvalidInputError(`${fileOf(check, which)}:${line}: ${told.replace(place, '')}`, { cause: error });
}

/** What we refuse has no cause; of what the server refuses, a wrong login or address is nobody's query. */
function isItsFault(error: Error): boolean {
  const refused = error instanceof InvalidInputError || error instanceof ForbiddenError;
  const statement = /^Neo\.ClientError\.(Statement|Schema)\./.test(codeOf(error.cause));
  return (refused && (error.cause === undefined || statement)) || isOverTime(error) || isOutOfMemory(error);
}
