import type { Graph } from '../connection.ts';
import { ensureSchema } from '../constraints.ts';
import { type Fence, withLease } from '../lease.ts';
import clusters from './clusters.cypher';
import { COMPACTION_STEPS } from './compaction-steps.ts';
import { readGraphSize, readOldest } from './graph-size.ts';
import { raiseHorizon } from './horizon.ts';

/** All that compact-graph asks of a graph. */
export const graphCompaction = (graph: Graph) => ({
  ensureSchema: () => ensureSchema(graph),
  readClusters: async () => (await graph.read<{ cluster: string }>(clusters)).map(({ cluster }) => cluster),
  withLease: (cluster: string, work: (fence: Fence) => Promise<void>) => withLease(graph, cluster, work),
  raiseHorizon,
  steps: COMPACTION_STEPS,
  readSize: () => readGraphSize(graph),
  readOldest: () => readOldest(graph),
});
