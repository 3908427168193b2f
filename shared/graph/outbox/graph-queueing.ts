import type { Graph } from '../connection.ts';
import markQueued from './mark-queued.cypher';
import waiting from './waiting.cypher';

/** The outbox as functions/evaluate-checks sees it, which asks for its alerts to be sent. All instants are epoch ms. */
export const graphQueueing = (graph: Graph) => ({
  /** Evaluations with alerts that nobody was asked to send, or not since `before`. */
  readWaiting: async (cluster: string, before: number): Promise<number[]> => {
    const rows = await graph.read<{ at: number }>(waiting, { cluster, before });
    return rows.map(({ at }) => at);
  },
  /** Keeps that it was asked, at `now`, for the alerts of these evaluations. */
  markQueued: async (cluster: string, evaluations: readonly number[], now: number): Promise<void> => {
    await graph.write(markQueued, { cluster, evaluations, now });
  },
});
