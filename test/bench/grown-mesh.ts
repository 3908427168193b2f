import { BASELINE_SCHEMA, type Baseline } from '../../shared/gate/baseline.ts';
import { DEFAULT_SETTINGS } from '../../shared/linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../../shared/linkerd/policy/policy-object.ts';
import type { Edge } from '../../shared/questions/edges/merge.ts';

export type MeshScale = { readonly workloads: number; readonly pods: number; readonly callers: number };

const CLUSTER = 'grown';
const WORKLOADS_A_NAMESPACE = 25;
const NOW = Date.parse('2026-11-24T00:00:00Z');
const DAY = 86_400_000;
const SINCE = NOW - 14 * DAY;
const CREATED = '2026-11-01T00:00:00Z';

type Name = { readonly namespace: string; readonly name: string };
const nameOf = (i: number): Name => ({ namespace: `team-${Math.floor(i / WORKLOADS_A_NAMESPACE)}`, name: `svc-${i}` });

/** Who calls workload `i`: its neighbours, some of other namespaces. */
const callersOf = (i: number, { workloads, callers }: MeshScale): Name[] =>
  Array.from({ length: callers }, (_, k) => nameOf((i + 1 + k * 7) % workloads));

/** Everything a team writes of one workload: it is locked down to its callers, by identity. */
export function manifestsOf(i: number, scale: MeshScale): PolicyObject[] {
  const { namespace, name } = nameOf(i);
  const metadata = { namespace, name };
  const labels = { app: name };
  const ref = (kind: string) => ({ group: 'policy.linkerd.io', kind, name });
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels, ports: [{ port: 80, targetPort: 'http' }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: scale.pods,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, annotations: { 'linkerd.io/inject': 'enabled' } },
          spec: {
            serviceAccountName: name,
            containers: [{ name: 'app', image: 'app:2', ports: [{ name: 'http', containerPort: 8080 }] }],
          },
        },
      },
    },
    {
      apiVersion: 'policy.linkerd.io/v1beta3',
      kind: 'Server',
      metadata,
      spec: { podSelector: { matchLabels: labels }, port: 'http', proxyProtocol: 'HTTP/1' },
    },
    {
      apiVersion: 'policy.linkerd.io/v1alpha1',
      kind: 'AuthorizationPolicy',
      metadata,
      spec: { targetRef: ref('Server'), requiredAuthenticationRefs: [ref('MeshTLSAuthentication')] },
    },
    {
      apiVersion: 'policy.linkerd.io/v1alpha1',
      kind: 'MeshTLSAuthentication',
      metadata,
      spec: { identityRefs: callersOf(i, scale).map((caller) => ({ kind: 'ServiceAccount', ...caller })) },
    },
  ];
}

/** A mesh of that scale as a graph tells it: what the manifests made, pods instead of templates, and who called whom. */
export function grownBaseline(scale: MeshScale): Baseline {
  const indices = Array.from({ length: scale.workloads }, (_, i) => i);
  const namespaces = new Set(indices.map((i) => nameOf(i).namespace));
  return {
    schema: BASELINE_SCHEMA,
    cluster: CLUSTER,
    at: NOW,
    settings: DEFAULT_SETTINGS,
    objects: [
      ...[...namespaces].map((name): PolicyObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
      ...indices.flatMap((i) => [...storedOf(i, scale), ...podsOf(i, scale)]),
    ],
    workloads: indices.map((i) => ({ ...nameOf(i), kind: 'Deployment', labels: [], annotations: [] })),
    traffic: {
      since: SINCE,
      at: NOW,
      coveredMs: 14 * DAY,
      partialWindows: 0,
      newest: NOW,
      edges: indices.flatMap((i) => edgesTo(i, scale)),
    },
    unread: [],
    notes: [],
  };
}

const storedOf = (i: number, scale: MeshScale): PolicyObject[] =>
  manifestsOf(i, scale)
    .filter(({ kind }) => kind !== 'Deployment')
    .map((object) => ({ ...object, metadata: { ...object.metadata, creationTimestamp: CREATED } }));

function podsOf(i: number, { pods }: MeshScale): PolicyObject[] {
  const { namespace, name } = nameOf(i);
  return Array.from({ length: pods }, (_, k) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace,
      name: `${name}-7d4f-${k}`,
      labels: { app: name, 'linkerd.io/control-plane-ns': 'linkerd' },
      annotations: { 'linkerd.io/inject': 'enabled' },
      creationTimestamp: CREATED,
      ownerReferences: [{ kind: 'Deployment', name }],
    },
    spec: {
      serviceAccountName: name,
      containers: [{ name: 'app', ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }] }],
      initContainers: [{ name: 'linkerd-proxy' }],
    },
    status: { phase: 'Running', podIP: addressOf(i * pods + k) },
  }));
}

const addressOf = (n: number): string => `10.${64 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;

function edgesTo(i: number, scale: MeshScale): Edge[] {
  const node = ({ namespace, name }: Name) => ({
    label: 'Workload',
    key: `${CLUSTER}/${namespace}/Deployment/${name}`,
    name: `${namespace}/${name}`,
  });
  return callersOf(i, scale).map((caller, k) => ({
    from: node(caller),
    to: node(nameOf(i)),
    port: 8080,
    unit: 'requests',
    shares: [
      { verdict: 'allowed', count: 1_000 + k, failures: k, policies: [`AuthorizationPolicy/${nameOf(i).name}`] },
    ],
    count: 1_000 + k,
    mTls: true,
    identity: `${caller.name}.${caller.namespace}.serviceaccount.identity.linkerd.cluster.local`,
    serverIdentities: [],
    first: SINCE,
    last: NOW - 60_000 * k,
  }));
}
