import { identityKey, namespacedKey, namespaceKey } from '../../../shared/domain/keys.ts';
import {
  type Arrival,
  type Call,
  type Callee,
  type ClusterObservation,
  type Entity,
  OBSERVATION_SCHEMA,
  type Relation,
  type TrafficObservation,
  type WorkloadRef,
} from '../../../shared/domain/observation.ts';
import { FAMILIES } from '../../../shared/kubernetes/families.ts';

/** A mesh small enough to be written down in a test. Names are `namespace/name`; every workload is a Deployment. */
export const CLUSTER = 'test';

export const start = Date.parse('2026-11-23T17:00:00Z');
export const minute = (n: number): number => start + n * 60_000;

type SmallPod = {
  readonly name: string;
  readonly meshed?: boolean;
  readonly ready?: boolean;
  readonly props?: Entity['props'];
};
type SmallWorkload = {
  readonly pods?: readonly SmallPod[];
  readonly account?: string;
  readonly holds?: string;
  readonly exposedTo?: string;
  readonly owner?: string;
};
type SmallService = { readonly selects: readonly string[]; readonly props?: Entity['props'] };

export type SmallMesh = {
  readonly namespaces?: Readonly<Record<string, Entity['props']>>;
  readonly workloads?: Readonly<Record<string, SmallWorkload>>;
  readonly services?: Readonly<Record<string, SmallService>>;
  readonly more?: { readonly entities: readonly Entity[]; readonly relations: readonly Relation[] };
  readonly families?: readonly string[];
};

const split = (text: string): [namespace: string, name: string] => text.split('/') as [string, string];

export const keyOf = (kind: string, text: string): string =>
  namespacedKey(CLUSTER, split(text)[0], kind, split(text)[1]);
export const identityOf = (account: string): string =>
  `${split(account).reverse().join('.')}.serviceaccount.identity.linkerd.cluster.local`;

export const entity = (label: string, family: string, text: string, props: Entity['props'] = {}): Entity => {
  const [namespace, name] = split(text);
  return {
    label,
    family,
    key: keyOf(label === 'Workload' ? 'Deployment' : label, text),
    props: { namespace, name, ...props },
  };
};

export const relation = (
  type: string,
  family: string,
  from: Pick<Entity, 'label' | 'key'>,
  to: Pick<Entity, 'label' | 'key'>,
): Relation => ({
  type,
  family,
  from: { label: from.label, key: from.key },
  to: { label: to.label, key: to.key },
  props: {},
});

/** A scan of the cluster that read everything (or the families named) and found this. */
export function clusterScan(at: number, mesh: SmallMesh): ClusterObservation {
  const entities: Entity[] = [];
  const relations: Relation[] = [];
  for (const [name, props] of Object.entries(mesh.namespaces ?? {})) {
    entities.push({
      label: 'Namespace',
      family: 'namespaces',
      key: namespaceKey(CLUSTER, name),
      props: { name, ...props },
    });
  }
  for (const [name, workload] of Object.entries(mesh.workloads ?? {})) {
    const facts = workloadFacts(name, workload);
    entities.push(...facts.entities);
    relations.push(...facts.relations);
  }
  for (const [name, { selects, props }] of Object.entries(mesh.services ?? {})) {
    const service = entity('Service', 'services', name, { selector: ['app=x'], type: 'ClusterIP', ...props });
    entities.push(service);
    for (const selected of selects) {
      relations.push(relation('SELECTS', 'services/selection', service, entity('Workload', 'workloads', selected)));
    }
  }
  entities.push(...(mesh.more?.entities ?? []));
  relations.push(...(mesh.more?.relations ?? []));
  return {
    schema: OBSERVATION_SCHEMA,
    source: 'cluster',
    id: `${CLUSTER}/cluster/${at}`,
    cluster: CLUSTER,
    at,
    readAt: at,
    entities: [...new Map(entities.map((one) => [`${one.label} ${one.key}`, one])).values()],
    relations,
    coverage: { kinds: {}, families: [...(mesh.families ?? Object.keys(FAMILIES))], notes: [] },
  };
}

/** What the entity model says of a workload: the relationship, the label it leads to, and the name there. */
const modelOf = ({ holds, exposedTo, owner }: SmallWorkload): [type: string, label: string, name: string][] =>
  (
    [
      ['HOLDS', 'DataClass', holds],
      ['EXPOSED_TO', 'Exposure', exposedTo],
      ['OWNED_BY', 'Owner', owner],
    ] as const
  ).flatMap(([type, label, name]) => (name === undefined ? [] : [[type, label, name]]));

function workloadFacts(name: string, described: SmallWorkload) {
  const { pods = [], account = name } = described;
  const workload = entity('Workload', 'workloads', name, { kind: 'Deployment' });
  const serviceAccount = entity('ServiceAccount', 'serviceaccounts', account);
  const identity: Entity = {
    label: 'Identity',
    family: 'identities',
    key: identityKey(CLUSTER, identityOf(account)),
    props: { name: identityOf(account), form: 'dns' },
  };
  const podEntities = pods.map(({ name: pod, meshed = true, ready = true, props }) =>
    entity('Pod', 'pods', `${split(name)[0]}/${pod}`, { meshed, ready, phase: 'Running', ...props }),
  );
  const model = modelOf(described).map(([type, label, value]) => {
    const node: Entity = { label, family: 'entity-model', key: `${CLUSTER}/${label}/${value}`, props: { name: value } };
    return { node, relation: relation(type, 'entity-model', workload, node) };
  });
  return {
    entities: [workload, serviceAccount, identity, ...podEntities, ...model.map(({ node }) => node)],
    relations: [
      relation('RUNS_AS', 'workloads/accounts', workload, serviceAccount),
      relation('HAS_IDENTITY', 'identities', serviceAccount, identity),
      ...podEntities.map((pod) => relation('PART_OF', 'workloads', pod, workload)),
      ...model.map((one) => one.relation),
    ],
  };
}

const workloadRef = (text: string): WorkloadRef => {
  const [namespace, name] = split(text);
  return { namespace, kind: 'Deployment', name };
};

/** A call as the caller's proxy tells it. `to` is a workload, or any callee. */
export const call = (from: string, to: string | Callee, requests: number, more: Partial<Call> = {}): Call => ({
  caller: workloadRef(from),
  callee: typeof to === 'string' ? { type: 'workload', ...workloadRef(to) } : to,
  port: 8080,
  protocol: 'http',
  tls: 'true',
  requests,
  failures: 0,
  refused: 0,
  connections: 1,
  bytesSent: 0,
  bytesReceived: 0,
  outcomes: { 200: requests },
  ...more,
});

/** An arrival as the called side's proxy tells it; `account` null = no identity. */
export const arrival = (
  account: string | null,
  to: string,
  verdict: Arrival['verdict'],
  requests: number,
  more: Partial<Arrival> = {},
): Arrival => ({
  ...(account === null ? { noTlsReason: 'no_tls_from_remote' } : { identity: identityOf(account) }),
  tls: account === null ? 'no_identity' : 'true',
  workload: workloadRef(to),
  port: 8080,
  protocol: 'http',
  verdict,
  server: { kind: 'default', name: 'all-unauthenticated' },
  ...(verdict === 'allowed' && { authorization: { kind: 'default', name: 'all-unauthenticated' } }),
  requests,
  failures: 0,
  outcomes: {},
  ...more,
});

export const trafficWindow = (
  from: number,
  to: number,
  calls: readonly Call[],
  arrivals: readonly Arrival[] = [],
  complete = true,
): TrafficObservation => ({
  schema: OBSERVATION_SCHEMA,
  source: 'traffic',
  id: `${CLUSTER}/traffic/${from}`,
  cluster: CLUSTER,
  at: to,
  readAt: to,
  window: { from, to },
  calls: [...calls],
  arrivals: [...arrivals],
  coverage: { complete, scrapes: [], targetsReadRaw: 0, notes: [] },
});

/** The mesh most tests begin with: two meshed workloads, one that is not, one Service. */
export const mesh: SmallMesh = {
  namespaces: { shop: { inject: 'enabled' }, legacy: {} },
  workloads: {
    'shop/web': { pods: [{ name: 'web-1' }] },
    'shop/books': { pods: [{ name: 'books-1' }] },
    'legacy/inventory': { pods: [{ name: 'inventory-1', meshed: false }] },
  },
  services: { 'shop/books-svc': { selects: ['shop/books'] } },
};

export const scan = clusterScan(start, mesh);

/** What a healthy mesh does: mutual TLS, admitted by a policy, and one plain-text call to a workload that is not meshed. */
export const healthy = trafficWindow(
  minute(5),
  minute(6),
  [
    call('shop/web', 'shop/books', 10),
    call('shop/web', 'legacy/inventory', 3, { tls: 'no_identity', noTlsReason: 'not_provided_by_service_discovery' }),
  ],
  [
    arrival('shop/web', 'shop/books', 'allowed', 10, {
      server: { kind: 'server', name: 'books-http' },
      authorization: { kind: 'authorizationpolicy', name: 'books-web' },
    }),
  ],
);
