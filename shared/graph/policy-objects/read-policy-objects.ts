import { NotFoundError } from '../../domain/errors.ts';
import { formatInstant } from '../../domain/instant.ts';
import type { MeshSettings } from '../../linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../../linkerd/policy/policy-object.ts';
import type { Graph } from '../connection.ts';
import { readRows } from '../questions.ts';
import { clusterSettings } from './cluster-settings.ts';
import { nodeObject, type ObjectRow, propertiesOf } from './node-object.ts';
import query from './objects.cypher';

type PolicyObjects = { readonly objects: readonly PolicyObject[]; readonly settings: MeshSettings };

/** The objects that decide over calls as of `at`. Throws NotFoundError for an instant before the first scan. */
export async function readPolicyObjects(graph: Graph, cluster: string, at: number): Promise<PolicyObjects> {
  const rows = (await readRows(graph, query, { cluster, at })) as readonly ObjectRow[];
  if (rows.length === 0) {
    throw new NotFoundError(
      `the graph knows nothing of ${cluster} as of ${formatInstant(at)}: name a later instant with --at`,
    );
  }
  const told = rows.find(({ label }) => label === 'Cluster');
  return {
    objects: rows.filter(({ label }) => label !== 'Cluster').map((row) => nodeObject(row, at)),
    settings: clusterSettings(told && propertiesOf(told, at)),
  };
}
