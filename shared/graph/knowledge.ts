import type { Knowledge } from '../checks/coverage.ts';
import { readHorizon } from './compaction/horizon.ts';
import type { Graph } from './connection.ts';
import clusters from './knowledge/clusters.cypher';
import families from './knowledge/families.cypher';
import traffic from './knowledge/traffic.cypher';

export type KnownCluster = { readonly cluster: string; readonly newest: number; readonly oldest: number };

/** The clusters the graph has scans of, each with the instants (epoch ms) of its newest and its first. */
export const readClusters = (graph: Graph): Promise<KnownCluster[]> => graph.read<KnownCluster>(clusters);

/** What the ledger says is known of a cluster as of `period.at`: traffic, and the fact families named. */
export async function readKnowledge(
  graph: Graph,
  cluster: string,
  period: { readonly since: number; readonly at: number },
  wanted: readonly string[],
): Promise<Knowledge> {
  const parameters = { cluster, ...period };
  const readWindow = graph.read<{
    newest: number;
    complete: boolean;
    watchedSince: number;
    coveredMs: number;
    partialWindows: number;
  }>(traffic, parameters);
  const [[window], scans, kept] = await Promise.all([
    readWindow,
    wanted.length > 0
      ? graph.read<{ family: string; newest: number }>(families, { ...parameters, families: wanted })
      : [],
    readHorizon(graph, cluster),
  ]);
  return {
    traffic: window && { at: window.newest, complete: window.complete },
    watchedSince: window?.watchedSince,
    trafficCoveredMs: window?.coveredMs ?? 0,
    partialWindows: window?.partialWindows ?? 0,
    kept,
    families: Object.fromEntries(scans.map(({ family, newest }) => [family, newest])),
  };
}
