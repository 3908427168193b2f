import { readWalk } from '../../questions/walk/read-walk.ts';
import type { Walk } from '../../questions/walk/walk.ts';
import type { Graph } from '../connection.ts';
import { readRows } from '../questions.ts';
import newestWrite from './newest-write.cypher';

type Period = { readonly cluster: string; readonly since: number; readonly at: number };
export type ReadWalk = (period: Period) => Promise<Walk>;

/**
 * The hops of a period, read once and kept while nothing is written to the cluster's part of the graph: they are the
 * same for every question of that period. One period is kept, the one asked about last (decision 0014).
 */
export function keptWalks(graph: Graph): ReadWalk {
  let kept: { readonly name: string; readonly walk: Promise<Walk> } | undefined;
  return async (period) => {
    const [write] = await graph.read<{ mark: string | null }>(newestWrite, { cluster: period.cluster });
    const name = JSON.stringify([period.cluster, period.since, period.at, write?.mark]);
    if (kept?.name === name) return kept.walk;
    const walk = readWalk((query, parameters) => readRows(graph, query, parameters), period);
    kept = { name, walk };
    try {
      return await walk;
    } catch (error) {
      if (kept?.walk === walk) kept = undefined;
      throw error;
    }
  };
}
