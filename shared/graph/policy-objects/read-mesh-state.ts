import { formatInstant } from '../../domain/instant.ts';
import { DECIDING_KINDS, type FAMILIES } from '../../kubernetes/families.ts';
import type { WorkloadName } from '../../linkerd/explain/known-workloads.ts';
import { type MeshState, meshState } from '../../linkerd/explain/mesh-state.ts';
import type { Graph } from '../connection.ts';
import { readKnowledge } from '../knowledge.ts';
import { readRows } from '../questions.ts';
import nearestPods from './nearest-pods.cypher';
import { nodeObject, type ObjectRow } from './node-object.ts';
import { readPolicyObjects } from './read-policy-objects.ts';
import workloads from './workloads.cypher';

/** Without one of these nothing can be judged. */
export const DECIDING: readonly (keyof typeof FAMILIES)[] = [
  'cluster',
  'namespaces',
  'pods',
  'workloads',
  ...DECIDING_KINDS,
];

/** Workloads asked about, as "namespace/name" or by the identity they carry. */
export type Named = { readonly names: readonly string[]; readonly identities: readonly string[] };

type NearPod = ObjectRow & { readonly asOf: number };

/**
 * All that decides over calls in a cluster as of `at`. Workloads `named` of which nothing ran are judged
 * as they last or first were, and a note says so. Throws NotFoundError for an instant before the first scan.
 */
export async function readMeshState(graph: Graph, cluster: string, at: number, named: Named): Promise<MeshState> {
  const { objects, settings } = await readPolicyObjects(graph, cluster, at);
  const near = await graph.read<NearPod>(nearestPods, { cluster, at, ...named });
  const known = await readKnowledge(graph, cluster, { since: at, at }, DECIDING);
  return meshState({
    objects: [...objects, ...near.map((row) => nodeObject(row, row.asOf))],
    options: { settings },
    named: (await readRows(graph, workloads, { cluster, at })) as readonly WorkloadName[],
    unread: DECIDING.filter((family) => known.families[family] === undefined),
    notes: near.map((pod) => judgedAs(pod, at)),
    source: 'the graph',
  });
}

function judgedAs({ owners: [owner], present, asOf }: NearPod, at: number): string {
  const when = asOf < at ? 'it was last seen' : 'it was first seen';
  const name = `${String(present.namespace)}/${owner?.name}`;
  return `no scan saw a pod of ${name} run at ${formatInstant(at)}: it is judged as ${when}, ${formatInstant(asOf)}`;
}
