import { chooseCluster } from '../../questions/ask.ts';
import type { Graph } from '../connection.ts';
import { type KnownCluster, readClusters } from '../knowledge.ts';

/** The cluster named, or all the graph knows; none where it is empty. Throws NotFoundError for one it does not know. */
export async function chooseClusters(graph: Graph, name: string | undefined): Promise<readonly KnownCluster[]> {
  const known = await readClusters(graph);
  return name === undefined ? known : [chooseCluster(known, name)];
}
