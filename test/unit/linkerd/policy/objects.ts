import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';

/** Objects as manifests write them, in namespace `shop`, for tests of single rules. */
export const NAMESPACE = 'shop';

export const identityOf = (account: string, namespace = NAMESPACE): string =>
  `${account}.${namespace}.serviceaccount.identity.linkerd.cluster.local`;

type Given = {
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly second?: number;
};

export function policyObject(kind: string, name: string, spec: object, given: Given = {}): PolicyObject {
  const { second, ...metadata } = given;
  const creationTimestamp = second === undefined ? undefined : new Date(second * 1000).toISOString();
  return {
    apiVersion: versions[kind] ?? 'policy.linkerd.io/v1alpha1',
    kind,
    metadata: { name, namespace: NAMESPACE, ...metadata, ...(creationTimestamp ? { creationTimestamp } : {}) },
    spec,
  };
}

const versions: Readonly<Record<string, string>> = {
  Server: 'policy.linkerd.io/v1beta3',
  HTTPRoute: 'policy.linkerd.io/v1beta3',
  ServerAuthorization: 'policy.linkerd.io/v1beta1',
  GRPCRoute: 'gateway.networking.k8s.io/v1',
  TCPRoute: 'gateway.networking.k8s.io/v1alpha2',
};

export const namespace = (annotations: Record<string, string> = {}): PolicyObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: NAMESPACE, annotations },
});

const PROBE = { httpGet: { path: '/ready', port: 'http' } };

/** A meshed pod `web` at 10.1.0.9 with the ports http 8080 and tcp 9000, and a readiness probe on http. */
export function webPod(annotations: Record<string, string> = {}): PolicyObject {
  const ports = [
    { name: 'http', containerPort: 8080 },
    { name: 'tcp', containerPort: 9000 },
  ];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web',
      namespace: NAMESPACE,
      labels: { app: 'web', 'linkerd.io/control-plane-ns': 'linkerd' },
      annotations,
    },
    spec: {
      serviceAccountName: 'web',
      containers: [{ name: 'app', ports, readinessProbe: PROBE }],
      initContainers: [{ name: 'linkerd-proxy' }],
    },
    status: { podIP: '10.1.0.9' },
  };
}

const own = (kind: string, name: string) => ({ group: 'policy.linkerd.io', kind, name });

export const server = (name: string, spec: object = {}, second = 1): PolicyObject =>
  policyObject('Server', name, { podSelector: { matchLabels: { app: 'web' } }, port: 'http', ...spec }, { second });

export const admits = (name: string, target: object, ...required: object[]): PolicyObject =>
  policyObject('AuthorizationPolicy', name, { targetRef: target, requiredAuthenticationRefs: required });

export const identities = (name: string, ...list: string[]): PolicyObject =>
  policyObject('MeshTLSAuthentication', name, { identities: list });

export const networks = (name: string, ...list: object[]): PolicyObject =>
  policyObject('NetworkAuthentication', name, { networks: list });

export const route = (name: string, parent: string, matches: object[], second = 1): PolicyObject =>
  policyObject('HTTPRoute', name, { parentRefs: [own('Server', parent)], rules: [{ matches }] }, { second });

export const theServer = (name: string) => own('Server', name);
export const theRoute = (name: string) => own('HTTPRoute', name);
export const meshTls = (name: string) => own('MeshTLSAuthentication', name);
export const network = (name: string) => own('NetworkAuthentication', name);
