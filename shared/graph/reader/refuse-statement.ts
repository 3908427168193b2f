import { ForbiddenError } from '../../domain/errors.ts';
import type { Graph, PlanOperator } from '../connection.ts';

/** Procedures that only tell what the schema is. */
const PROCEDURES: ReadonlySet<string> = new Set([
  'db.labels',
  'db.relationshipTypes',
  'db.propertyKeys',
  'db.schema.nodeTypeProperties',
  'db.schema.relTypeProperties',
]);

/** First words of the functions that plug-ins brought: they may run statements or reach the network. */
const PLUGGED_IN =
  "SHOW FUNCTIONS YIELD name, isBuiltIn WHERE NOT isBuiltIn RETURN DISTINCT split(name, '.')[0] AS namespace";

/**
 * Throws ForbiddenError unless a statement only reads the graph, judged by the server's own plan of it, never by its
 * text: Cypher reads `LOAD \u0043SV` as LOAD CSV. That a plan reads is not enough: the server calls reading what fetches
 * from the network (LOAD CSV) and what ends other people's transactions (TERMINATE).
 */
export async function refuseStatement(
  graph: Graph,
  statement: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { reads, operators } = await graph.explain(statement, parameters);
  if (!reads || operators.length === 0) throw new ForbiddenError('the statement does not only read: it is refused');
  for (const operator of operators) refuseOperator(operator);
  await refuseFunctions(graph, statement);
}

function refuseOperator({ type, details }: PlanOperator): void {
  if (/^LoadCsv/i.test(type)) throw new ForbiddenError('LOAD CSV reaches files and the network: it is refused');
  if (/^(Show|Terminate|Administration)/i.test(type)) {
    throw new ForbiddenError('administration of the server (SHOW, TERMINATE) is refused');
  }
  if (/^Transaction/i.test(type)) throw new ForbiddenError('CALL { } IN TRANSACTIONS is refused');
  const procedure = /ProcedureCall/i.test(type) ? details.slice(0, details.indexOf('(')).trim() : undefined;
  if (procedure !== undefined && !PROCEDURES.has(procedure)) {
    throw new ForbiddenError(`the procedure ${procedure} is refused; allowed are ${[...PROCEDURES].join(', ')}`);
  }
}

/**
 * A plan does not tell every function, and the text can hide a name in escapes, but not the name's first word once they
 * are undone. So a statement that has such a word anywhere is refused, be it in a string.
 */
async function refuseFunctions(graph: Graph, statement: string): Promise<void> {
  const spelled = statement.replace(/\\u+([0-9a-f]{4})/gi, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  const words = new Set(`${statement} ${spelled}`.toLowerCase().match(/[\p{L}\p{N}_]+/gu));
  for (const { namespace } of await graph.read<{ namespace: string }>(PLUGGED_IN)) {
    if (!words.has(namespace.toLowerCase())) continue;
    throw new ForbiddenError(`functions of ${namespace} are refused, and so is the word in a statement`);
  }
}
