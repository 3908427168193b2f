import {
  type ClusterObservation,
  type Entity,
  OBSERVATION_SCHEMA,
  observation,
  type Relation,
} from '../../../shared/domain/observation.ts';

export const CLUSTER = 'prod';

/** A cluster scan of these facts. Without `families` it covers those of its facts. */
export function scanOf(
  at: number,
  facts: readonly (Entity | Relation)[],
  { families, id = `prod/cluster/${at}`, readAt = at }: { families?: string[]; id?: string; readAt?: number } = {},
): ClusterObservation {
  return observation.parse({
    schema: OBSERVATION_SCHEMA,
    source: 'cluster',
    id,
    cluster: CLUSTER,
    at,
    readAt,
    entities: facts.filter((fact) => 'label' in fact),
    relations: facts.filter((fact) => 'type' in fact),
    coverage: { kinds: {}, families: families ?? [...new Set(facts.map(({ family }) => family))], notes: [] },
  }) as ClusterObservation;
}

export const workload = (name: string, props: Entity['props'] = {}): Entity => ({
  label: 'Workload',
  key: `prod/shop/Deployment/${name}`,
  family: 'workloads',
  props: { name, namespace: 'shop', kind: 'Deployment', ...props },
});

export const pod = (name: string, props: Entity['props'] = {}): Entity => ({
  label: 'Pod',
  key: `prod/shop/Pod/${name}`,
  family: 'pods',
  props: { name, namespace: 'shop', ...props },
});

export const account = (name: string): Entity => ({
  label: 'ServiceAccount',
  key: `prod/shop/ServiceAccount/${name}`,
  family: 'serviceaccounts',
  props: { name, namespace: 'shop', labels: ['app=shop'] },
});

const relation = (type: string, from: Entity, to: Entity, family: string, props: Relation['props'] = {}): Relation => ({
  type,
  from: { label: from.label, key: from.key },
  to: { label: to.label, key: to.key },
  family,
  props,
});

export const partOf = (child: Entity, parent: Entity): Relation => relation('PART_OF', child, parent, 'workloads');

export const boundTo = (from: Entity, role: string, props: Relation['props']): Relation =>
  relation(
    'BOUND_TO',
    from,
    { label: 'Role', key: `prod/ClusterRole/${role}`, family: 'clusterroles', props: {} },
    'bindings',
    props,
  );
