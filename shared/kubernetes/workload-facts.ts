import { namespacedKey } from '../domain/keys.ts';
import type { Entity, Relation } from '../domain/observation.ts';
import { distinct, known } from './kubernetes-object.ts';
import { type Intermediates, type Owner, topOwner } from './owners.ts';
import type { PodRow } from './pod-row.ts';
import { serviceAccountKey } from './service-account-row.ts';
import type { Snapshot } from './snapshot.ts';
import type { WorkloadRow } from './workload-row.ts';

/** A workload with the pods that are its own. `row` is absent for kinds meshgraph does not list, and for bare pods. */
export type Workload = {
  readonly entity: Entity;
  readonly namespace: string;
  readonly row: WorkloadRow | undefined;
  readonly pods: readonly PodRow[];
};

/** Every workload: those that are listed, with or without pods, and those only their pods tell of. */
export function findWorkloads(cluster: string, snapshot: Snapshot): Workload[] {
  const rows = [
    ...snapshot['deployments.apps'],
    ...snapshot['statefulsets.apps'],
    ...snapshot['daemonsets.apps'],
    ...snapshot['replicasets.apps'],
    ...snapshot.replicationcontrollers,
    ...snapshot['cronjobs.batch'],
    ...snapshot['jobs.batch'],
  ];
  const workloads = new Map<
    string,
    { entity: Entity; namespace: string; row: WorkloadRow | undefined; pods: PodRow[] }
  >();
  for (const row of rows) {
    const { entity, namespace } = row;
    if (entity) workloads.set(entity.key, { entity, namespace, row, pods: [] });
  }
  for (const [key, { owner, pods }] of podsByOwner(cluster, snapshot)) {
    const [first] = pods;
    if (!first) continue;
    const listed = workloads.get(key);
    if (listed) listed.pods.push(...pods);
    else if (!isListed(owner)) {
      const entity = unlistedWorkload(key, owner, pods);
      workloads.set(key, { entity, namespace: first.namespace, row: undefined, pods });
    }
  }
  return [...workloads.values()];
}

/**
 * Kubernetes' own pod owners are all listed: a pod of one that is not there belongs to something just deleted. Other
 * core kinds own pods too (a Spark driver's Pod its executors): these are told by their pods.
 */
function isListed({ apiVersion = '', kind }: Owner): boolean {
  return /^(apps|batch)\//.test(apiVersion) || (apiVersion === 'v1' && kind === 'ReplicationController');
}

function podsByOwner(cluster: string, snapshot: Snapshot): Map<string, { owner: Owner; pods: PodRow[] }> {
  const ownersIn = (rows: readonly WorkloadRow[]) => new Map(rows.map((r) => [`${r.namespace}/${r.name}`, r.owner]));
  const between: Intermediates = {
    replicaSets: ownersIn(snapshot['replicasets.apps']),
    jobs: ownersIn(snapshot['jobs.batch']),
  };
  const groups = new Map<string, { owner: Owner; pods: PodRow[] }>();
  for (const pod of snapshot.pods) {
    const owner = topOwner(pod, between);
    if (!owner) continue;
    const key = namespacedKey(cluster, pod.namespace, owner.kind, owner.name);
    const group = groups.get(key) ?? { owner, pods: [] };
    group.pods.push(pod);
    groups.set(key, group);
  }
  return groups;
}

/** What the pods of a workload have in common tells of an owner nobody lists (a Rollout, a StrimziPodSet, a bare pod). */
function unlistedWorkload(key: string, owner: Owner, pods: readonly PodRow[]): Entity {
  const [first] = pods;
  const shared = (of: (pod: PodRow) => readonly string[]) =>
    distinct(first ? of(first).filter((value) => pods.every((pod) => of(pod).includes(value))) : []);
  const props = known({
    name: owner.name,
    namespace: first?.namespace,
    kind: owner.kind,
    labels: shared((pod) => pod.labels),
    annotations: shared((pod) => pod.annotations),
    readyReplicas: pods.filter((pod) => pod.ready).length,
    inject: first?.inject,
    images: distinct(pods.flatMap((pod) => pod.images)),
    createdAt: owner.kind === 'Pod' ? pods.find(({ name }) => name === owner.name)?.entity.props.createdAt : undefined,
  });
  return { label: 'Workload', key, family: 'workloads', props };
}

/** PART_OF from each pod, RUNS_AS to the account the template names, or the pods' own where there is no template. */
export function workloadRelations(cluster: string, workloads: readonly Workload[]): Relation[] {
  return workloads.flatMap(({ entity, namespace, row, pods }) => {
    const workload = { label: entity.label, key: entity.key };
    const accounts = row ? [row.serviceAccount] : distinct(pods.map((pod) => pod.serviceAccount));
    return [
      ...pods.map((pod) => ({
        type: 'PART_OF',
        from: { label: pod.entity.label, key: pod.entity.key },
        to: workload,
        family: 'workloads',
        props: {},
      })),
      ...accounts.map((account) => ({
        type: 'RUNS_AS',
        from: workload,
        to: { label: 'ServiceAccount', key: serviceAccountKey(cluster, namespace, account) },
        family: 'workloads/accounts',
        props: {},
      })),
    ];
  });
}
