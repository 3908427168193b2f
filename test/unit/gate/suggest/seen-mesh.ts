import { namespacedKey, unauthenticatedKey } from '../../../../shared/domain/keys.ts';
import { BASELINE_SCHEMA, type Baseline } from '../../../../shared/gate/baseline.ts';
import { DEFAULT_SETTINGS, type MeshSettings } from '../../../../shared/linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import type { Edge } from '../../../../shared/questions/edges/merge.ts';
import { runningPods } from '../../../running-pods.ts';
import { identityOf, NAMESPACE } from '../../linkerd/policy/objects.ts';

export const AT = Date.parse('2026-11-24T12:00:00Z');
const DAY = 86_400_000;

type App = {
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly account?: string;
  readonly annotations?: Record<string, string>;
  readonly probed?: number;
};

/** A Deployment whose selector is all its labels, `app` by default, and whose ServiceAccount has its name. */
export function app(
  name: string,
  { namespace = NAMESPACE, account = name, probed, ...template }: App = {},
): PolicyObject {
  const { labels = { app: name }, annotations } = template;
  const probe = probed === undefined ? {} : { readinessProbe: { httpGet: { path: '/ready', port: probed } } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, ...(annotations ? { annotations } : {}) },
        spec: { serviceAccountName: account, containers: [{ name: 'app', ...probe }] },
      },
    },
  };
}

type Count = { readonly requests?: number; readonly connections?: number; readonly verdict?: string };

/** A call of `shop/web`, of `identity:NAME`, or of `unmeshed`, last a minute ago. */
export function seen(
  from: string,
  to: string,
  port: number,
  { verdict = 'allowed', ...count }: Count = { requests: 10 },
): Edge {
  const total = count.requests ?? count.connections ?? 0;
  const unmeshed = { label: 'Unauthenticated', key: unauthenticatedKey('c'), name: 'unauthenticated' };
  const identity = from.startsWith('identity:')
    ? from.slice('identity:'.length)
    : identityOf(nameOf(from), namespaceOf(from));
  const shared = { label: 'Identity', key: `c/Identity/${identity}`, name: identity };
  return {
    from: from === 'unmeshed' ? unmeshed : from.startsWith('identity:') ? shared : workload(from),
    to: workload(to),
    port,
    unit: count.connections === undefined ? 'requests' : 'connections',
    shares: [{ verdict, count: total, failures: 0, policies: [] }],
    count: total,
    mTls: from !== 'unmeshed',
    identity: from === 'unmeshed' ? null : identity,
    serverIdentities: [],
    first: AT - DAY,
    last: AT - 60_000,
  };
}

const namespaceOf = (name: string): string => name.split('/')[0] ?? '';
const nameOf = (name: string): string => name.split('/')[1] ?? '';
const workload = (name: string) => ({
  label: 'Workload',
  key: namespacedKey('c', namespaceOf(name), 'Deployment', nameOf(name)),
  name,
});

type Mesh = {
  readonly apps: readonly PolicyObject[];
  readonly objects?: readonly PolicyObject[];
  readonly calls: readonly Edge[];
  readonly settings?: Partial<MeshSettings>;
};

/** A cluster `c` where one pod of each app runs, as Linkerd's injector leaves it, watched for 14 days. */
export function seenMesh({ apps, objects = [], calls, settings = {} }: Mesh): Baseline {
  const namespaces = [...new Set(apps.map(({ metadata }) => metadata.namespace ?? ''))];
  return {
    schema: BASELINE_SCHEMA,
    cluster: 'c',
    at: AT,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    objects: [
      ...namespaces.map((name): PolicyObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
      ...apps,
      ...apps.flatMap((one, index) => runningPods(one, index + 1)),
      ...objects,
    ],
    workloads: apps.map(({ kind, metadata: { namespace = '', name } }) => ({
      namespace,
      kind,
      name,
      labels: [],
      annotations: [],
    })),
    traffic: { since: AT - 14 * DAY, at: AT, coveredMs: 14 * DAY, partialWindows: 0, newest: AT, edges: calls },
    unread: [],
    notes: [],
  };
}
