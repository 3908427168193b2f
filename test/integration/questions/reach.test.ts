import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entity, Relation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import {
  arrival,
  CLUSTER,
  call,
  clusterScan,
  keyOf,
  minute,
  type SmallMesh,
  trafficWindow,
} from '../checks/small-mesh.ts';
import { askGraph, columns } from './ask-graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const iso = (n: number): string => new Date(minute(n)).toISOString();

/** edge → web → books → db over mutual TLS; cron, unmeshed, → web; edge is turned away by db; nobody calls idle. */
const workloads: NonNullable<SmallMesh['workloads']> = {
  'shop/edge': { exposedTo: 'internet', owner: 'front' },
  'shop/web': { owner: 'front' },
  'shop/books': { owner: 'front' },
  'data/db': { holds: 'personal', owner: 'storage' },
  'shop/idle': { owner: 'front' },
  'legacy/cron': {},
};
const traffic = trafficWindow(
  minute(1),
  minute(2),
  [
    call('shop/edge', 'shop/web', 5),
    call('shop/web', 'shop/books', 5),
    call('shop/books', 'data/db', 5),
    call('shop/edge', 'data/db', 3),
  ],
  [
    arrival('shop/edge', 'shop/web', 'allowed', 5),
    arrival('shop/web', 'shop/books', 'allowed', 5),
    arrival('shop/books', 'data/db', 'allowed', 5),
    arrival('shop/edge', 'data/db', 'denied', 3),
    arrival(null, 'shop/web', 'allowed', 2),
  ],
);
const more = (facts: SmallMesh['more']) => clusterScan(minute(0), { workloads, ...(facts && { more: facts }) });

test('what a workload reaches is told by the hops to it, with the data at the end; denied calls lead nowhere', async () => {
  await refill(graph, [more(undefined), traffic]);
  const answer = await askGraph(graph, 'blast-radius', { of: 'shop/edge' });
  expect(columns(answer, 'name', 'hops', 'way', 'mTls', 'holds', 'last')).toEqual([
    ['shop/web', 1, 'shop/edge → shop/web', true, [], minute(2)],
    ['shop/books', 2, 'shop/edge → shop/web → shop/books', true, [], minute(2)],
    ['data/db', 3, 'shop/edge → shop/web → shop/books → data/db', true, ['personal'], minute(2)],
  ]);
  expect(answer.summary).toBe(
    'shop/edge reaches 3: 1 in 1 hop, 1 in 2 hops, 1 in 3 hops; 1 of them hold data, 0 are exposed',
  );
  expect((await askGraph(graph, 'blast-radius', { of: 'shop/edge', hops: '2' })).total).toBe(2);
  expect((await askGraph(graph, 'blast-radius', { of: 'shop/idle' })).rows).toEqual([]);
});

test('the other way round it is told who reaches it, by which way', async () => {
  const answer = await askGraph(graph, 'blast-radius', { of: 'data/db', direction: 'reached-by' });
  expect(columns(answer, 'name', 'hops', 'way', 'mTls', 'exposedTo')).toEqual([
    ['shop/books', 1, 'shop/books → data/db', true, []],
    ['shop/web', 2, 'shop/web → shop/books → data/db', true, []],
    ['unauthenticated', 3, 'unauthenticated → shop/web → shop/books → data/db', false, []],
    ['shop/edge', 3, 'shop/edge → shop/web → shop/books → data/db', true, ['internet']],
  ]);
});

test('only calls of the period lead anywhere, and filters narrow what is told', async () => {
  const later = trafficWindow(minute(5), minute(6), [call('shop/edge', 'shop/idle', 1)]);
  await refill(graph, [more(undefined), traffic, later]);
  const reached = async (period: Parameters<typeof askGraph>[3]) =>
    columns(await askGraph(graph, 'blast-radius', { of: 'shop/edge' }, period), 'name').flat();
  expect(await reached({ since: iso(2), at: iso(6) })).toEqual(['shop/idle']);
  expect(await reached({ since: iso(1), at: iso(5) })).toEqual(['shop/web', 'shop/books', 'data/db']);
  expect(await reached({ owner: 'storage' })).toEqual(['data/db']);
  expect(await reached({ namespace: 'shop' })).toEqual(['shop/idle', 'shop/web', 'shop/books']);
});

test('exposure is told from the nearest start, by what kind of start it is', async () => {
  await refill(graph, [more(undefined), traffic]);
  const told = async (from: string) =>
    columns(await askGraph(graph, 'exposure', { from }), 'name', 'start', 'why', 'hops', 'mTls', 'holds');
  expect(await told('exposed')).toEqual([
    ['shop/web', 'shop/edge', ['exposed'], 1, true, []],
    ['shop/books', 'shop/edge', ['exposed'], 2, true, []],
    ['data/db', 'shop/edge', ['exposed'], 3, true, ['personal']],
  ]);
  expect(
    (await told('unauthenticated')).map(([name, start, why, hops, mTls]) => [name, start, why, hops, mTls]),
  ).toEqual([
    ['shop/web', 'unauthenticated', ['unauthenticated'], 1, false],
    ['shop/books', 'unauthenticated', ['unauthenticated'], 2, false],
    ['data/db', 'unauthenticated', ['unauthenticated'], 3, false],
  ]);
  expect(await told('outside')).toEqual([]);
  expect(await told('unowned')).toEqual([]);
  expect(await told('any')).toHaveLength(3);
});

test('an unowned caller and an identity of no workload are starts; data at a start itself is told', async () => {
  const window = trafficWindow(
    minute(1),
    minute(2),
    [call('legacy/cron', 'shop/web', 1)],
    [arrival('other/cluster', 'shop/books', 'allowed', 1)],
  );
  const exposed = { ...workloads, 'data/db': { ...workloads['data/db'], exposedTo: 'internet' } };
  await refill(graph, [
    clusterScan(minute(0), { workloads: exposed }),
    window,
    trafficWindow(minute(2), minute(3), [call('shop/books', 'data/db', 1)]),
  ]);
  const told = async (from: string) => columns(await askGraph(graph, 'exposure', { from }), 'name', 'start', 'hops');
  expect(await told('unowned')).toEqual([['shop/web', 'legacy/cron', 1]]);
  expect(await told('outside')).toEqual([
    ['shop/books', 'cluster.other.serviceaccount.identity.linkerd.cluster.local', 1],
    ['data/db', 'cluster.other.serviceaccount.identity.linkerd.cluster.local', 2],
  ]);
  expect(await told('exposed')).toEqual([['data/db', 'data/db', 0]]);
});

const roleOf = (name: string, props: Entity['props']): Entity => ({
  label: 'Role',
  family: 'roles',
  key: `${CLUSTER}/ClusterRole/${name}`,
  props: { name, kind: 'ClusterRole', ...props },
});
const bound = (account: string, role: Entity, props: Relation['props']): Relation => ({
  type: 'BOUND_TO',
  family: 'bindings',
  from: { label: 'ServiceAccount', key: keyOf('ServiceAccount', account) },
  to: { label: 'Role', key: role.key },
  props,
});

test('who holds a power is told with role, binding and workload, and from where that is reached', async () => {
  const reader = roleOf('secret-reader', { readsSecrets: true, execs: false });
  const exec = roleOf('exec', { execs: true });
  const facts = {
    entities: [reader, exec],
    relations: [
      bound('shop/books', reader, { binding: 'RoleBinding/books', namespace: 'shop' }),
      bound('shop/idle', reader, { binding: 'ClusterRoleBinding/idle' }),
      bound('shop/web', exec, { binding: 'ClusterRoleBinding/web' }),
    ],
  };
  await refill(graph, [more(facts), traffic]);
  const answer = await askGraph(graph, 'who-can', { power: 'reads-secrets' });
  expect(columns(answer, 'workload', 'holder', 'kind', 'role', 'binding', 'boundIn', 'callers', 'way')).toEqual([
    [
      'shop/books',
      'shop/books',
      'ServiceAccount',
      'ClusterRole/secret-reader',
      'RoleBinding/books',
      'shop',
      ['shop/web'],
      'shop/edge → shop/web → shop/books',
    ],
    [
      'shop/idle',
      'shop/idle',
      'ServiceAccount',
      'ClusterRole/secret-reader',
      'ClusterRoleBinding/idle',
      null,
      [],
      null,
    ],
  ]);
  expect(answer.summary).toBe(
    '2 hold the power reads-secrets; 1 workloads with it are reached from what is exposed or showed no identity',
  );
  const holders = async (values: Record<string, string>) =>
    columns(await askGraph(graph, 'who-can', values), 'holder').flat();
  expect(await holders({ power: 'execs' })).toEqual(['shop/web']);
  expect(await holders({ power: 'wildcard' })).toEqual([]);
  expect(await holders({ power: 'reads-secrets', from: 'shop/web' })).toEqual(['shop/books']);
  expect(await holders({ power: 'reads-secrets', from: 'data/db' })).toEqual([]);
});

test('a power is told while it is bound, to whoever runs with it then', async () => {
  const exec = roleOf('exec', { execs: true });
  const facts = { entities: [exec], relations: [bound('shop/web', exec, { binding: 'ClusterRoleBinding/web' })] };
  await refill(graph, [more(facts), clusterScan(minute(5), { workloads, more: { entities: [exec], relations: [] } })]);
  const holders = async (at: number) => (await askGraph(graph, 'who-can', { power: 'execs' }, { at: iso(at) })).total;
  expect([await holders(4), await holders(5)]).toEqual([1, 0]);
});

test('workloads that share an identity are told together, with what it opens', async () => {
  const shared = {
    'shop/a': { account: 'shop/default', holds: 'personal' },
    'shop/b': { account: 'shop/default' },
    'data/db': { holds: 'payment' },
    'shop/c': {},
  };
  const window = trafficWindow(
    minute(1),
    minute(2),
    [],
    [
      arrival('shop/default', 'data/db', 'allowed', 1),
      arrival('shop/default', 'shop/c', 'audited', 1),
      arrival('shop/c', 'shop/a', 'allowed', 1),
      arrival('shop/default', 'shop/a', 'denied', 1),
    ],
  );
  const alone = clusterScan(minute(5), { workloads: { 'shop/a': shared['shop/a'], 'data/db': {} } });
  await refill(graph, [clusterScan(minute(0), { workloads: shared }), window, alone]);
  const told = (at: number) => askGraph(graph, 'shared-identities', {}, { at: iso(at) });
  expect(columns(await told(4), 'account', 'workloads', 'holds', 'letInto')).toEqual([
    ['shop/default', ['shop/a', 'shop/b'], ['personal'], ['data/db (data)', 'shop/c']],
  ]);
  expect((await told(5)).rows).toEqual([]);
});

test('owners are told by namespace, what nobody owns first', async () => {
  await refill(graph, [more(undefined), clusterScan(minute(5), { workloads: { 'shop/web': { owner: 'back' } } })]);
  const told = async (at: number, scope = {}) =>
    columns(
      await askGraph(graph, 'owners', {}, { at: iso(at), since: '1m', ...scope }),
      'owner',
      'namespace',
      'count',
      'names',
      'holding',
    );
  expect(await told(4)).toEqual([
    [null, 'legacy', 1, ['cron'], []],
    ['front', 'shop', 4, ['books', 'edge', 'idle', 'web'], []],
    ['storage', 'data', 1, ['db'], ['db']],
  ]);
  expect(await told(4, { owner: 'storage' })).toEqual([['storage', 'data', 1, ['db'], ['db']]]);
  expect(await told(5)).toEqual([['back', 'shop', 1, ['web'], []]]);
});
