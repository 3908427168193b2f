import { type BindingRow, takeBinding } from './binding-row.ts';
import type { PolicyKind } from './families.ts';
import type { KeepAnnotation } from './kept-annotations.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { type NamespaceRow, takeNamespace } from './namespace-row.ts';
import { type PodRow, takePod } from './pod-row.ts';
import { type PolicyRow, takePolicy } from './policy-row.ts';
import type { NamespaceInjection } from './proxy.ts';
import { RESOURCES, type ResourceId } from './resources.ts';
import { type RoleRow, takeRole } from './role-row.ts';
import { type ServiceAccountRow, takeServiceAccount } from './service-account-row.ts';
import { type ServiceRow, takeService } from './service-row.ts';
import { takeWorkload, type WorkloadRow } from './workload-row.ts';

/** What making a row of one object needs to know beyond the object. */
export type Intake = {
  readonly cluster: string;
  readonly keepAnnotation: KeepAnnotation;
  readonly apiVersionOf: (id: ResourceId) => string | undefined;
  readonly injectionOf: (namespace: string) => NamespaceInjection | undefined;
  /** SHA-256 fingerprints of a PEM text seen before (trust-anchors.ts). */
  readonly anchorsOf: (pem: string) => string[] | undefined;
};

/**
 * What is kept of one object once its page is dropped: its entity, and what relating it to others takes.
 * Rows of a kind that was not read whole are thrown away.
 */
export type RowOf = {
  [Kind in PolicyKind]: PolicyRow;
} & {
  namespaces: NamespaceRow;
  'deployments.apps': WorkloadRow;
  'statefulsets.apps': WorkloadRow;
  'daemonsets.apps': WorkloadRow;
  'replicasets.apps': WorkloadRow;
  replicationcontrollers: WorkloadRow;
  'cronjobs.batch': WorkloadRow;
  'jobs.batch': WorkloadRow;
  pods: PodRow;
  services: ServiceRow;
  serviceaccounts: ServiceAccountRow;
  'roles.rbac.authorization.k8s.io': RoleRow;
  'clusterroles.rbac.authorization.k8s.io': RoleRow;
  'rolebindings.rbac.authorization.k8s.io': BindingRow;
  'clusterrolebindings.rbac.authorization.k8s.io': BindingRow;
};

export type Snapshot = { [Id in ResourceId]: RowOf[Id][] };

export function emptySnapshot(): Snapshot {
  return Object.fromEntries(RESOURCES.map(({ id }) => [id, []])) as unknown as Snapshot;
}

type Take<Row> = (object: KubernetesObject, intake: Intake) => Row;

const TAKES: { readonly [Id in ResourceId]: Take<RowOf[Id]> } = {
  namespaces: takeNamespace,
  'deployments.apps': takeWorkload('Deployment'),
  'statefulsets.apps': takeWorkload('StatefulSet'),
  'daemonsets.apps': takeWorkload('DaemonSet'),
  'replicasets.apps': takeWorkload('ReplicaSet'),
  replicationcontrollers: takeWorkload('ReplicationController'),
  'cronjobs.batch': takeWorkload('CronJob'),
  'jobs.batch': takeWorkload('Job'),
  pods: takePod,
  services: takeService,
  serviceaccounts: takeServiceAccount,
  'roles.rbac.authorization.k8s.io': takeRole('Role'),
  'clusterroles.rbac.authorization.k8s.io': takeRole('ClusterRole'),
  'rolebindings.rbac.authorization.k8s.io': takeBinding('RoleBinding'),
  'clusterrolebindings.rbac.authorization.k8s.io': takeBinding('ClusterRoleBinding'),
  'servers.policy.linkerd.io': takePolicy('servers.policy.linkerd.io'),
  'serverauthorizations.policy.linkerd.io': takePolicy('serverauthorizations.policy.linkerd.io'),
  'authorizationpolicies.policy.linkerd.io': takePolicy('authorizationpolicies.policy.linkerd.io'),
  'meshtlsauthentications.policy.linkerd.io': takePolicy('meshtlsauthentications.policy.linkerd.io'),
  'networkauthentications.policy.linkerd.io': takePolicy('networkauthentications.policy.linkerd.io'),
  'httproutes.policy.linkerd.io': takePolicy('httproutes.policy.linkerd.io'),
  'egressnetworks.policy.linkerd.io': takePolicy('egressnetworks.policy.linkerd.io'),
  'httplocalratelimitpolicies.policy.linkerd.io': takePolicy('httplocalratelimitpolicies.policy.linkerd.io'),
  'httproutes.gateway.networking.k8s.io': takePolicy('httproutes.gateway.networking.k8s.io'),
  'grpcroutes.gateway.networking.k8s.io': takePolicy('grpcroutes.gateway.networking.k8s.io'),
  'tlsroutes.gateway.networking.k8s.io': takePolicy('tlsroutes.gateway.networking.k8s.io'),
  'tcproutes.gateway.networking.k8s.io': takePolicy('tcproutes.gateway.networking.k8s.io'),
  'serviceprofiles.linkerd.io': takePolicy('serviceprofiles.linkerd.io'),
  'externalworkloads.workload.linkerd.io': takePolicy('externalworkloads.workload.linkerd.io'),
  'links.multicluster.linkerd.io': takePolicy('links.multicluster.linkerd.io'),
};

/** The row of one object of one kind. */
export function takeObject<Id extends ResourceId>(id: Id, object: KubernetesObject, intake: Intake): RowOf[Id] {
  return TAKES[id](object, intake);
}
