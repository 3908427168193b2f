import { DATED_LABELS } from '../domain/graph-schema.ts';
import type { Graph } from './connection.ts';
import clustersQuery from './emptying/clusters.cypher';
import deleteNodes from './emptying/delete-nodes.cypher';
import deleteRelations from './emptying/delete-relations.cypher';
import forgetUnfinished from './emptying/forget-unfinished.cypher';
import type { Fence } from './lease.ts';
import { forLabel } from './structure/structure-query.ts';

const BATCH = 10_000;
const LABELS = ['Change', ...DATED_LABELS];

/** The clusters the graph has or had something of, by name. */
export async function readWrittenClusters(graph: Graph): Promise<string[]> {
  return (await graph.read<{ cluster: string }>(clustersQuery)).map(({ cluster }) => cluster);
}

/**
 * Takes everything out of the graph that observations of the fence's cluster made, in transactions of bounded size. The
 * ledger goes first: it must never tell of facts that are gone. Findings stay: their acceptances are in no observation.
 */
export async function emptyCluster(fence: Fence): Promise<void> {
  const { cluster } = fence;
  await untilNothingIsLeft(fence, forLabel(deleteNodes, 'Scan'));
  for (const label of LABELS) await untilNothingIsLeft(fence, forLabel(deleteRelations, label));
  for (const label of LABELS) await untilNothingIsLeft(fence, forLabel(deleteNodes, label));
  await fence.transaction((tx) => tx.run(forgetUnfinished, { cluster }));
}

async function untilNothingIsLeft(fence: Fence, query: string): Promise<void> {
  for (let left = true; left; ) {
    const { counters } = await fence.transaction((tx) => tx.run(query, { cluster: fence.cluster, limit: BATCH }));
    left = (counters.nodesDeleted ?? 0) + (counters.relationshipsDeleted ?? 0) > 0;
  }
}
