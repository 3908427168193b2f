import { externalKey, namespacedKey } from '../../domain/keys.ts';
import type { MeshState } from '../../linkerd/explain/mesh-state.ts';
import { type Traffic, workloadKey } from '../../linkerd/explain/observed.ts';
import type { End } from '../../linkerd/explain/resolve-end.ts';
import callers from '../../questions/callers/query.cypher';
import { mergeEdges } from '../../questions/edges/merge.ts';
import { toldRow } from '../../questions/edges/told.ts';
import type { Graph } from '../connection.ts';
import { readRows } from '../questions.ts';

/**
 * Everything that reached the called end in a period. Of an address, what went to it or through an EgressNetwork: proxies
 * name the network and not the address.
 */
export async function readTrafficTo(
  graph: Graph,
  period: Omit<Traffic, 'edges'>,
  to: End,
  { policies }: MeshState,
): Promise<Traffic> {
  const { cluster, since, at } = period;
  const networks = policies.egressNetworks.map(({ namespace, name }) =>
    namespacedKey(cluster, namespace, 'EgressNetwork', name),
  );
  const callees = to.workload
    ? [workloadKey(cluster, to.workload)]
    : [externalKey(cluster, to.address ?? ''), ...networks];
  const told = [];
  for (const callee of callees) told.push(...(await readRows(graph, callers, { cluster, since, at, callee })));
  return { ...period, edges: mergeEdges(told.map((row) => toldRow.parse(row))) };
}
