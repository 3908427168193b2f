import { InvalidInputError } from '../../../shared/domain/errors.ts';
import type { OwnRule } from '../../../shared/gate/own-rules/own-rule.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import { refuseStatement } from '../../../shared/graph/reader/refuse-statement.ts';

export type Rows = readonly Readonly<Record<string, unknown>>[];
export type RuleParameters = { readonly cluster: string; readonly since: number; readonly at: number };

const TIMEOUT_MS = 30_000;
const MOST_ROWS = 10_000;

/** Throws InvalidInputError, a sentence with the file, unless the query compiles, only reads, and returns what the rule names. */
export async function demandQuery(graph: Graph, rule: OwnRule, parameters: RuleParameters): Promise<void> {
  try {
    await refuseStatement(graph, rule.query, parameters);
  } catch (error) {
    throw blamed(rule, error);
  }
  const { operators } = await graph.explain(rule.query, parameters);
  const columns = operators.find(({ type }) => type === 'ProduceResults')?.details.split(', ') ?? [];
  rule.mustFit(columns.map((column) => column.replaceAll('`', '')));
}

/** The rows of a rule's query. Throws InvalidInputError for one that fails, takes too long, or finds too much to be told. */
export async function runOwnRule(graph: Graph, rule: OwnRule, parameters: RuleParameters): Promise<Rows> {
  const options = { timeoutMs: TIMEOUT_MS, maxRows: MOST_ROWS + 1 };
  const rows = await graph.read(rule.query, parameters, options).catch((error) => {
    throw blamed(rule, error);
  });
  if (rows.length <= MOST_ROWS) return rows;
  throw new InvalidInputError(`${rule.queryFile}:1: it returns more than ${MOST_ROWS} rows: let it find less`);
}

/** Neo4j ends its sentence with the place: `(line 1, column 5 (offset: 4))`. */
function blamed({ queryFile }: OwnRule, error: unknown): InvalidInputError {
  const [told = ''] = (error as Error).message.replace(/^Neo4j at \S+ says: /, '').split('\n');
  const [place = '', line = '1'] = /\s*\(line (\d+), column[^)]*\)*/.exec(told) ?? [];
  const message = told.replace(place, '');
  return new InvalidInputError(`${queryFile}:${line}: ${message}`, { cause: error });
}
