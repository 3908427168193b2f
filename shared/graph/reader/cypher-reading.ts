import type { Reader } from '../../domain/api/operations.ts';
import { RefusedRequestError } from '../../domain/api/problem.ts';
import { ForbiddenError } from '../../domain/errors.ts';
import { readClusters } from '../knowledge.ts';
import type { ReadingContext } from './graph-reader.ts';
import { readLatestFreshness } from './read-freshness.ts';
import { refuseStatement } from './refuse-statement.ts';

/**
 * Free Cypher behind five fences: an authenticated caller, switched on on purpose (the named questions come first), a
 * plan that only reads and leaves the server alone, a session that cannot write, and a time-out and row cap.
 */
export function cypherReading({ graph, caller, cypher }: ReadingContext): Pick<Reader, 'runCypher'> {
  const { enabled, timeout, maxRows } = cypher;
  return {
    runCypher: async ({ statement, parameters }) => {
      if (caller === undefined) throw new RefusedRequestError(401, 'free Cypher is for authenticated callers only');
      if (!enabled) {
        throw new ForbiddenError(
          'free Cypher is switched off here: ask a named question (GET /v1/questions), or have api.cypher.enabled set',
        );
      }
      await refuseStatement(graph, statement, parameters);
      const rows = await graph.read(statement, parameters, { timeoutMs: timeout, maxRows: maxRows + 1 });
      const known = await readClusters(graph);
      return {
        rows: rows.slice(0, maxRows),
        truncated: rows.length > maxRows,
        freshness: await readLatestFreshness(graph, known),
      };
    },
  };
}
