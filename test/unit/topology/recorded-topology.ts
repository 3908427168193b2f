import {
  type MergedCalls,
  type Topology,
  type TopologyNode,
  topologyOf,
} from '../../../shared/domain/topology/topology.ts';

type Facts = Partial<Omit<TopologyNode, 'key' | 'name'>>;

const node = (name: string, facts: Facts = {}): TopologyNode => {
  const [namespace, bare] = name.includes('/') ? name.split('/') : [null, name];
  return {
    label: 'Workload',
    key: `demo/${name}`,
    namespace: namespace ?? null,
    kind: namespace ? 'Deployment' : null,
    name: bare ?? name,
    meshed: namespace ? true : null,
    linkerd: false,
    owner: null,
    holds: [],
    ...facts,
  };
};

export const NODES: readonly TopologyNode[] = [
  ...['emojivoto/vote-bot', 'emojivoto/web', 'emojivoto/emoji', 'emojivoto/voting'].map((name) => node(name)),
  ...['books/traffic', 'books/webapp', 'books/authors', 'books/books'].map((name) => node(name)),
  node('books/mysql', { kind: 'StatefulSet', holds: ['personal'] }),
  node('books/payments', { label: 'EgressNetwork', kind: 'EgressNetwork', meshed: null }),
  node('rogue/no-egress', { label: 'EgressNetwork', kind: 'EgressNetwork', meshed: null }),
  node('rogue/scanner'),
  node('batch/reports'),
  node('legacy/inventory', { meshed: false }),
  node('legacy/cron', { meshed: false }),
  node('203.0.113.10', { label: 'External', holds: ['payment'] }),
  node('203.0.113.11', { label: 'External' }),
  node('unauthenticated', { label: 'Unauthenticated' }),
];

const START = Date.parse('2026-11-23T17:49:00Z');
const END = Date.parse('2026-11-23T18:00:00Z');

type Counts = { failures?: number; denied?: number; mTls?: boolean; unit?: 'connections'; refused?: boolean };

export const call = (from: string, to: string, port: number, count: number, more: Counts = {}): MergedCalls => {
  const { failures = 0, denied = 0, mTls = true, unit = 'requests', refused = false } = more;
  return {
    from: { key: `demo/${from}` },
    to: { key: `demo/${to}` },
    port,
    unit,
    count,
    mTls,
    shares: [
      ...(count > denied
        ? [{ verdict: 'allowed', count: count - denied, failures, policies: ['AuthorizationPolicy/a'] }]
        : []),
      ...(denied > 0
        ? [{ verdict: refused ? 'refused' : 'denied', count: denied, failures: 0, policies: ['Server/s'] }]
        : []),
    ],
    identity: null,
    first: START,
    last: END,
  };
};

/** The recorded mesh as its plan has it, with the applications' own counts. */
export const CALLS: readonly MergedCalls[] = [
  call('emojivoto/vote-bot', 'emojivoto/web', 8080, 2416, { failures: 219 }),
  call('emojivoto/web', 'emojivoto/emoji', 8080, 2417),
  call('emojivoto/web', 'emojivoto/voting', 8080, 1388, { failures: 303 }),
  call('books/traffic', 'books/webapp', 7000, 1647),
  call('books/webapp', 'books/authors', 7001, 1373, { failures: 274 }),
  call('books/webapp', 'books/books', 7002, 824),
  call('books/webapp', 'legacy/inventory', 9000, 274, { mTls: false }),
  call('books/webapp', '203.0.113.10', 80, 274, { mTls: false }),
  call('books/authors', 'books/books', 7002, 385),
  call('books/authors', '203.0.113.11', 5432, 110, { mTls: false, unit: 'connections' }),
  call('books/books', 'books/mysql', 3306, 1520, { unit: 'connections' }),
  call('batch/reports', 'emojivoto/voting', 8080, 124, { denied: 40, failures: 22 }),
  call('batch/reports', 'books/authors', 7001, 93, { denied: 93 }),
  call('batch/reports', 'books/books', 7002, 311),
  call('rogue/scanner', 'emojivoto/voting', 8080, 118, { denied: 118 }),
  call('rogue/scanner', 'books/authors', 7001, 118, { denied: 118 }),
  call('rogue/scanner', 'rogue/no-egress', 80, 47, { denied: 47, refused: true, mTls: false }),
  call('rogue/scanner', 'emojivoto/web', 8080, 71),
  call('rogue/scanner', 'books/mysql', 3306, 47, { unit: 'connections' }),
  call('unauthenticated', 'emojivoto/web', 8080, 275, { mTls: false }),
  call('unauthenticated', 'books/authors', 7001, 137, { mTls: false, denied: 137 }),
  call('unauthenticated', 'books/mysql', 3306, 110, { mTls: false, denied: 110, unit: 'connections' }),
];

export const recordedTopology = (): Topology => topologyOf({ cluster: 'demo', since: START, at: END }, NODES, CALLS);
