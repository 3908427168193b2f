/** One kind of object the reader lists. `versions` are those whose shape we know, newest first. */
export type Resource<Id extends string> = {
  readonly id: Id;
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly versions: readonly string[];
};

type IdOf<Group extends string, Plural extends string> = Group extends '' ? Plural : `${Plural}.${Group}`;

function of<const Group extends string, const Plural extends string>(
  group: Group,
  kind: string,
  plural: Plural,
  versions: readonly string[] = ['v1'],
): Resource<IdOf<Group, Plural>> {
  const id = (group === '' ? plural : `${plural}.${group}`) as IdOf<Group, Plural>;
  return { id, group, plural, kind, versions };
}

const RBAC = 'rbac.authorization.k8s.io';
const POLICY = 'policy.linkerd.io';
const GATEWAY = 'gateway.networking.k8s.io';

/**
 * Every kind meshgraph lists, in reading order: namespaces first, since pods are judged by them.
 * Secrets are not here and never will be. Versions: Linkerd 2.12 to edge-26.8, Gateway API 0.7 to 1.4.
 */
export const RESOURCES = [
  of('', 'Namespace', 'namespaces'),
  of('apps', 'Deployment', 'deployments'),
  of('apps', 'StatefulSet', 'statefulsets'),
  of('apps', 'DaemonSet', 'daemonsets'),
  of('apps', 'ReplicaSet', 'replicasets'),
  of('', 'ReplicationController', 'replicationcontrollers'),
  of('batch', 'CronJob', 'cronjobs', ['v1', 'v1beta1']),
  of('batch', 'Job', 'jobs'),
  of('', 'Pod', 'pods'),
  of('', 'Service', 'services'),
  of('', 'ServiceAccount', 'serviceaccounts'),
  of(RBAC, 'Role', 'roles'),
  of(RBAC, 'ClusterRole', 'clusterroles'),
  of(RBAC, 'RoleBinding', 'rolebindings'),
  of(RBAC, 'ClusterRoleBinding', 'clusterrolebindings'),
  of(POLICY, 'Server', 'servers', ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1']),
  of(POLICY, 'ServerAuthorization', 'serverauthorizations', ['v1beta1', 'v1alpha1']),
  of(POLICY, 'AuthorizationPolicy', 'authorizationpolicies', ['v1alpha1']),
  of(POLICY, 'MeshTLSAuthentication', 'meshtlsauthentications', ['v1alpha1']),
  of(POLICY, 'NetworkAuthentication', 'networkauthentications', ['v1alpha1']),
  of(POLICY, 'HTTPRoute', 'httproutes', ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1']),
  of(POLICY, 'EgressNetwork', 'egressnetworks', ['v1alpha1']),
  of(POLICY, 'HTTPLocalRateLimitPolicy', 'httplocalratelimitpolicies', ['v1alpha1']),
  of(GATEWAY, 'HTTPRoute', 'httproutes', ['v1', 'v1beta1', 'v1alpha2']),
  of(GATEWAY, 'GRPCRoute', 'grpcroutes', ['v1', 'v1alpha2']),
  of(GATEWAY, 'TLSRoute', 'tlsroutes', ['v1', 'v1alpha3', 'v1alpha2']),
  of(GATEWAY, 'TCPRoute', 'tcproutes', ['v1', 'v1alpha2']),
  of('linkerd.io', 'ServiceProfile', 'serviceprofiles', ['v1alpha2', 'v1alpha1']),
  of('workload.linkerd.io', 'ExternalWorkload', 'externalworkloads', ['v1beta1', 'v1alpha1']),
  of('multicluster.linkerd.io', 'Link', 'links', ['v1alpha3', 'v1alpha2', 'v1alpha1']),
] as const;

export type ResourceId = (typeof RESOURCES)[number]['id'];
export type KnownResource = Resource<ResourceId>;

/** The two ConfigMaps of the control plane that are read by name; ConfigMaps are never listed. */
export const CONFIG_MAPS = ['linkerd-config', 'linkerd-identity-trust-roots'] as const;
export type ConfigMapId = `configmaps/${(typeof CONFIG_MAPS)[number]}`;

/** What coverage speaks of: a listed kind or one of the two ConfigMaps. */
export type KindId = ResourceId | ConfigMapId;
