import type { Graph } from '../connection.ts';
import statement from './mark-queued.cypher';
import waiting from './waiting.cypher';

/**
 * The evaluations of a cluster, by their instants, with alerts that nobody was asked to send since `before`. All instants
 * are epoch milliseconds.
 */
export async function readWaitingEvaluations(graph: Graph, cluster: string, before: number): Promise<number[]> {
  const rows = await graph.read<{ at: number }>(waiting, { cluster, before });
  return rows.map(({ at }) => at);
}

/** Keeps that send-alerts was asked, at `now`, for the alerts of these evaluations. */
export async function markQueued(
  graph: Graph,
  cluster: string,
  evaluations: readonly number[],
  now: number,
): Promise<void> {
  await graph.write(statement, { cluster, evaluations, now });
}
