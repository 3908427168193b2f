import type { KubernetesObject } from '../../shared/kubernetes/kubernetes-object.ts';

const CLIENTS = 3;

/** What locks each Deployment down to three clients of its own namespace, by the recorded answers' file names. */
export function policiesOf(deployments: readonly KubernetesObject[]): Map<string, KubernetesObject[]> {
  const byNamespace = Map.groupBy(deployments, ({ metadata }) => metadata.namespace ?? '');
  const objects = deployments.map(({ metadata: { namespace = '', name, labels = {} } }) => {
    const neighbours = byNamespace.get(namespace) ?? [];
    const clients = neighbours
      .slice(0, CLIENTS)
      .map((client) => ({ kind: 'ServiceAccount', name: client.metadata.name }));
    const metadata = { namespace, name: `${name}-lockdown`, creationTimestamp: '2026-11-23T18:01:00Z' };
    const target = { group: 'policy.linkerd.io', kind: 'Server', name: metadata.name };
    const required = { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: metadata.name };
    return {
      server: { metadata, spec: { podSelector: { matchLabels: { app: labels.app ?? name } }, port: 'http' } },
      policy: { metadata, spec: { targetRef: target, requiredAuthenticationRefs: [required] } },
      authentication: { metadata, spec: { identityRefs: clients } },
      role: { metadata, rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }] },
      binding: {
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
    };
  });
  return new Map<string, KubernetesObject[]>([
    ['policy.linkerd.io_v1beta3_servers', objects.map(({ server }) => server)],
    ['policy.linkerd.io_v1alpha1_authorizationpolicies', objects.map(({ policy }) => policy)],
    ['policy.linkerd.io_v1alpha1_meshtlsauthentications', objects.map(({ authentication }) => authentication)],
    ['rbac.authorization.k8s.io_v1_roles', objects.map(({ role }) => role)],
    ['rbac.authorization.k8s.io_v1_rolebindings', objects.map(({ binding }) => binding)],
  ]);
}
