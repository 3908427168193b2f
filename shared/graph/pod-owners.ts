import { namespacedKey } from '../domain/keys.ts';
import type { WorkloadRef } from '../domain/observation.ts';
import type { PodOwners } from '../domain/resolve-pods.ts';
import type { Graph } from './connection.ts';
import query from './pod-owners.cypher';

type Row = WorkloadRef & { readonly podNamespace: string; readonly pod: string };

/** The top owners of pods the graph has known, gone ones included. */
export async function readPodOwners(
  graph: Graph,
  cluster: string,
  pods: readonly { readonly namespace: string; readonly name: string }[],
): Promise<PodOwners> {
  const keys = pods.map(({ namespace, name }) => namespacedKey(cluster, namespace, 'Pod', name));
  const rows = await graph.read<Row>(query, { pods: keys });
  return new Map(
    rows.map(({ podNamespace, pod, namespace, kind, name }) => [`${podNamespace}/${pod}`, { namespace, kind, name }]),
  );
}
