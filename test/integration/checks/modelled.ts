import { applyEntityModel, entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { namespaceKey } from '../../../shared/domain/keys.ts';
import type { ClusterObservation } from '../../../shared/domain/observation.ts';
import { CLUSTER, clusterScan, relation, type SmallMesh } from './small-mesh.ts';

/** A scan as a reader with this entity model writes it: workloads in their namespaces, and what labels and entries say. */
export function modelled(at: number, mesh: SmallMesh, model: object = {}): ClusterObservation {
  const scan = clusterScan(at, mesh);
  const workloads = scan.entities.filter(({ label }) => label === 'Workload');
  const facts = applyEntityModel(CLUSTER, scan.entities, entityModelSchema.parse(model));
  const placed = workloads.map((workload) => {
    const space = { label: 'Namespace', key: namespaceKey(CLUSTER, String(workload.props.namespace)) };
    return relation('IN_NAMESPACE', 'workloads', workload, space);
  });
  return {
    ...scan,
    entities: [...scan.entities, ...facts.entities],
    relations: [...scan.relations, ...placed, ...facts.relations],
  };
}
