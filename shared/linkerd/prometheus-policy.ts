import type { Manifest } from '../kubernetes/reader-role.ts';

const API = 'policy.linkerd.io/v1alpha1';
const NAME = 'meshgraph-prometheus';

/**
 * What lets the API server's requests through to linkerd-viz's own Prometheus. Linkerd-viz ships Server prometheus-admin
 * with a policy for metrics-api alone since Linkerd 2.13 (linkerd2 viz/charts/linkerd-viz/templates/prometheus-policy.yaml),
 * and the API server has no identity of the mesh: it is known by its addresses only.
 */
export const prometheusPolicy = (namespace: string, networks: readonly string[]): Manifest[] => [
  {
    apiVersion: API,
    kind: 'NetworkAuthentication',
    metadata: { name: NAME, namespace },
    spec: { networks: networks.map((cidr) => ({ cidr })) },
  },
  {
    apiVersion: API,
    kind: 'AuthorizationPolicy',
    metadata: { name: NAME, namespace },
    spec: {
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'prometheus-admin' },
      requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'NetworkAuthentication', name: NAME }],
    },
  },
];
