import { applyEntityModel, type EntityModel } from '../domain/entity-model.ts';
import { namespaceKey } from '../domain/keys.ts';
import type { Entity, Relation } from '../domain/observation.ts';
import { bindingFacts } from './binding-row.ts';
import { type ControlPlane, clusterEntity } from './control-plane.ts';
import { type Family, POLICY_KINDS } from './families.ts';
import { identityFacts } from './identities.ts';
import { mirrorRelations } from './mirrors.ts';
import { placeNamespaces } from './namespace-row.ts';
import { policyRelations } from './policy-references.ts';
import { roleEntities } from './role-row.ts';
import { routeRelations, serviceProfileRelations } from './route-relations.ts';
import { selectionRelations } from './selections.ts';
import { awsRoles } from './service-account-row.ts';
import type { Snapshot } from './snapshot.ts';
import { findWorkloads, workloadRelations } from './workload-facts.ts';

/** What one reading of a cluster yielded, before it becomes facts. */
export type Reading = {
  readonly cluster: string;
  readonly kubernetesVersion: string;
  readonly snapshot: Snapshot;
  readonly controlPlane: ControlPlane;
  readonly covered: readonly Family[];
  readonly entityModel: EntityModel;
};

export type Facts = { readonly entities: Entity[]; readonly relations: Relation[] };

/**
 * The facts of a reading, sorted, each once. Families that are not covered say nothing, and a relationship is a fact
 * only when both its ends are. Aside: a binding binds also what is not there, and whoever creates it has what was bound.
 */
export function transformCluster(reading: Reading): Facts {
  const { cluster, snapshot, controlPlane, kubernetesVersion, entityModel } = reading;
  const workloads = findWorkloads(cluster, snapshot);
  const facts: Facts[] = [
    { entities: [clusterEntity(cluster, kubernetesVersion, controlPlane)], relations: [] },
    { entities: listedEntities(snapshot), relations: placeNamespaces(cluster, snapshot.namespaces) },
    { entities: workloads.map(({ entity }) => entity), relations: workloadRelations(cluster, workloads) },
    {
      entities: [],
      relations: placements(
        cluster,
        snapshot,
        workloads.map(({ entity }) => entity),
      ),
    },
    { entities: [], relations: selectionRelations(snapshot, workloads) },
    { entities: roleEntities(roles(snapshot)), relations: [] },
    bindingFacts(cluster, bindings(snapshot)),
    awsRoles(cluster, snapshot.serviceaccounts),
    identityFacts(cluster, snapshot, controlPlane),
    { entities: [], relations: policyRelations(cluster, snapshot) },
    { entities: [], relations: routeRelations(cluster, snapshot) },
    { entities: [], relations: serviceProfileRelations(cluster, snapshot['serviceprofiles.linkerd.io']) },
    { entities: [], relations: mirrorRelations(snapshot.services, snapshot['links.multicluster.linkerd.io']) },
  ];
  const entities = facts.flatMap((fact) => fact.entities);
  const modelled = applyEntityModel(cluster, entities, entityModel);
  return certain(
    [...entities, ...modelled.entities],
    [...facts.flatMap((fact) => fact.relations), ...modelled.relations],
    new Set<string>(reading.covered),
  );
}

function listedEntities(snapshot: Snapshot): Entity[] {
  const kinds = ['namespaces', 'pods', 'services', 'serviceaccounts', ...POLICY_KINDS] as const;
  return kinds.flatMap((kind) => snapshot[kind].map((row) => row.entity));
}

const roles = (snapshot: Snapshot) => [
  ...snapshot['roles.rbac.authorization.k8s.io'],
  ...snapshot['clusterroles.rbac.authorization.k8s.io'],
];

const bindings = (snapshot: Snapshot) => [
  ...snapshot['rolebindings.rbac.authorization.k8s.io'],
  ...snapshot['clusterrolebindings.rbac.authorization.k8s.io'],
];

/** IN_NAMESPACE of workloads, Services and ServiceAccounts. */
function placements(cluster: string, snapshot: Snapshot, workloads: readonly Entity[]): Relation[] {
  const place = (family: Family) => (entity: Entity) => ({
    type: 'IN_NAMESPACE',
    from: { label: entity.label, key: entity.key },
    to: { label: 'Namespace', key: namespaceKey(cluster, String(entity.props.namespace)) },
    family,
    props: {},
  });
  return [
    ...workloads.map(place('workloads')),
    ...snapshot.services.map(({ entity }) => place('services/namespaces')(entity)),
    ...snapshot.serviceaccounts.map(({ entity }) => place('serviceaccounts/namespaces')(entity)),
  ];
}

function certain(entities: readonly Entity[], relations: readonly Relation[], covered: ReadonlySet<string>): Facts {
  const nodes = new Map<string, Entity>();
  for (const entity of entities) if (covered.has(entity.family)) nodes.set(id(entity), entity);
  const edges = new Map<string, Relation>();
  for (const relation of relations) {
    if (!covered.has(relation.family)) continue;
    const isWhole = nodes.has(id(relation.from)) && nodes.has(id(relation.to));
    if (!isWhole && relation.type !== 'BOUND_TO') continue;
    edges.set(`${relation.type} ${id(relation.from)} ${id(relation.to)} ${JSON.stringify(relation.props)}`, relation);
  }
  return { entities: sorted(nodes), relations: sorted(edges) };
}

const id = ({ label, key }: { readonly label: string; readonly key: string }): string => `${label} ${key}`;

function sorted<T>(byId: ReadonlyMap<string, T>): T[] {
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
