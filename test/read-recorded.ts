import { readCluster } from '../functions/read-cluster/read-cluster.ts';
import { type EntityModel, entityModelSchema } from '../shared/domain/entity-model.ts';
import type { ClusterObservation, Entity } from '../shared/domain/observation.ts';
import type { ClusterLister } from '../shared/kubernetes/lister.ts';

export const RECORDED_AT = Date.parse('2026-11-23T18:00:00Z');

/** What a lister yields as cluster "c". */
export function readRecorded(list: ClusterLister, entityModel?: EntityModel): Promise<ClusterObservation> {
  const model = entityModel ?? entityModelSchema.parse({});
  return readCluster({ list, now: () => RECORDED_AT }, { cluster: 'c', entityModel: model });
}

/** Keys of the relationships of one type as "from -> to". */
export function edges({ relations }: ClusterObservation, type: string): string[] {
  return relations.filter((relation) => relation.type === type).map(({ from, to }) => `${from.key} -> ${to.key}`);
}

export function entityOf({ entities }: ClusterObservation, label: string, key: string): Entity {
  const entity = entities.find((candidate) => candidate.label === label && candidate.key === key);
  if (!entity) throw new Error(`no ${label} ${key} in the observation`);
  return entity;
}
