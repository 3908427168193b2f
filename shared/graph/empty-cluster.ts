import deleteLedger from './emptying/delete-ledger.cypher';
import deleteNodes from './emptying/delete-nodes.cypher';
import deleteRelations from './emptying/delete-relations.cypher';
import forgetUnfinished from './emptying/forget-unfinished.cypher';
import type { Fence } from './lease.ts';

const BATCH = 10_000;

/**
 * Takes everything out of the graph that observations of the fence's cluster made, in transactions of bounded size. The
 * ledger goes first: it must never tell of facts that are gone. Findings and alerts stay: who
 * accepted them and who was told is in no observation.
 */
export async function emptyCluster(fence: Fence): Promise<void> {
  const { cluster } = fence;
  for (const query of [deleteLedger, deleteRelations, deleteNodes]) await untilNothingIsLeft(fence, query);
  await fence.transaction((tx) => tx.run(forgetUnfinished, { cluster }));
}

async function untilNothingIsLeft(fence: Fence, query: string): Promise<void> {
  for (let left = true; left; ) {
    const { counters } = await fence.transaction((tx) => tx.run(query, { cluster: fence.cluster, limit: BATCH }));
    left = (counters.nodesDeleted ?? 0) + (counters.relationshipsDeleted ?? 0) > 0;
  }
}
