import { CONFIG_MAPS, RESOURCES } from './resources.ts';

/** Whoever the roles are bound to: the group of an EKS access entry, or a ServiceAccount whose token is configured. */
export type Reader = { readonly group: string } | { readonly namespace: string; readonly serviceAccount: string };

export type ReaderRoleOptions = {
  readonly reader: Reader;
  /** Where Linkerd's control plane is. */
  readonly linkerdNamespace: string;
  /** The Prometheus that is reached through the API server, if it is. */
  readonly prometheus?: { readonly namespace: string; readonly service: string; readonly port: number } | undefined;
};

export type Manifest = { readonly apiVersion: string; readonly kind: string; readonly [field: string]: unknown };

export const READER = 'meshgraph-reader';
const RBAC = 'rbac.authorization.k8s.io';

/**
 * The least that reading a cluster takes, as objects to apply: `list` of the kinds of resources.ts, `get` of the two
 * ConfigMaps, and of the one Service in front of Prometheus. Discovery every authenticated user may do
 * (system:discovery). No Secret, no verb that writes.
 */
export function readerRole({ reader, linkerdNamespace, prometheus }: ReaderRoleOptions): Manifest[] {
  const configMaps = { apiGroups: [''], resources: ['configmaps'], resourceNames: [...CONFIG_MAPS], verbs: ['get'] };
  return [
    ...('group' in reader ? [] : [serviceAccount(reader)]),
    { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name: READER }, rules: listRules() },
    binding('ClusterRole', { name: READER }, reader),
    ...namespaced(linkerdNamespace, `${READER}-settings`, configMaps, reader),
    ...(prometheus === undefined ? [] : proxyRole(prometheus, reader)),
  ];
}

type Rule = {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
  readonly verbs: string[];
};

function listRules(): Rule[] {
  return [...Map.groupBy(RESOURCES, ({ group }) => group)].map(([group, kinds]) => ({
    apiGroups: [group],
    resources: kinds.map(({ plural }) => plural),
    verbs: ['list'],
  }));
}

/** The name to allow is the segment of the path that is asked for: `prometheus:9090`. */
function proxyRole(prometheus: NonNullable<ReaderRoleOptions['prometheus']>, reader: Reader): Manifest[] {
  const { namespace, service, port } = prometheus;
  const names = [`${service}:${port}`];
  const rule = { apiGroups: [''], resources: ['services/proxy'], resourceNames: names, verbs: ['get'] };
  return namespaced(namespace, `${READER}-prometheus`, rule, reader);
}

const namespaced = (namespace: string, name: string, rule: Rule, reader: Reader): Manifest[] => [
  { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name, namespace }, rules: [rule] },
  binding('Role', { name, namespace }, reader),
];

function binding(
  kind: 'Role' | 'ClusterRole',
  metadata: { name: string; namespace?: string },
  reader: Reader,
): Manifest {
  const subject =
    'group' in reader
      ? { kind: 'Group', name: reader.group, apiGroup: RBAC }
      : { kind: 'ServiceAccount', name: reader.serviceAccount, namespace: reader.namespace };
  return {
    apiVersion: `${RBAC}/v1`,
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: RBAC, kind, name: metadata.name },
    subjects: [subject],
  };
}

const serviceAccount = ({
  serviceAccount: name,
  namespace,
}: Extract<Reader, { serviceAccount: string }>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace },
});
