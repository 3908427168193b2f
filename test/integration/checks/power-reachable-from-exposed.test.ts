import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation, Relation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { arrival, call, clusterScan, minute, type SmallMesh, start, trafficWindow } from './small-mesh.ts';
import { account, bound, rbac, role } from './small-rbac.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const roles = [
  role('ClusterRole/secrets', ['readsSecrets']),
  role('shop/Role/exec', ['execs']),
  role('ClusterRole/view'),
  role('ClusterRole/cluster-admin', ['readsSecrets', 'wildcard'], { system: true }),
];
const given = (
  name: string,
  to: string,
  namespace?: string,
  binding = `ClusterRoleBinding/${name.replace('/', '-')}`,
) => bound(account(name), role(to), binding, namespace);

/** web, which the internet reaches, calls api, which calls vault; nobody calls jobs. */
const workloads = {
  'shop/web': { pods: [{ name: 'web-1' }], exposedTo: 'internet' },
  'shop/api': { pods: [{ name: 'api-1' }] },
  'shop/vault': { pods: [{ name: 'vault-1' }] },
  'shop/jobs': { pods: [{ name: 'jobs-1' }] },
};
const scan = (relations: readonly Relation[], at = start, more: Partial<SmallMesh> = {}) =>
  clusterScan(at, { namespaces: { shop: {} }, workloads, more: rbac(roles, relations), ...more });
const traffic = trafficWindow(minute(5), minute(6), [
  call('shop/web', 'shop/api', 10),
  call('shop/api', 'shop/vault', 10),
]);
const found = async (...observations: Observation[]) =>
  messagesOf(await judge(graph, 'power-reachable-from-exposed', observations));

test('finds the powers at the end of calls from an exposed workload, by the shortest way', async () => {
  const relations = [
    given('shop/vault', 'ClusterRole/secrets'),
    given('shop/vault', 'shop/Role/exec', 'shop'),
    given('shop/vault', 'ClusterRole/secrets', 'shop'),
  ];
  expect(await found(scan(relations), traffic)).toEqual([
    'shop/vault (ServiceAccount shop/vault) may read secrets in the whole cluster, and run commands in pods in namespace shop, and can be reached from shop/web, exposed to internet, in 2 hops: shop/web → shop/api → shop/vault',
  ]);
});

test('finds the powers of an exposed workload itself, and cluster-admin though it is one of Kubernetes’ own roles', async () => {
  const relations = [given('shop/web', 'shop/Role/exec', 'shop'), given('shop/api', 'ClusterRole/cluster-admin')];
  expect((await found(scan(relations), traffic)).sort()).toEqual([
    'shop/api (ServiceAccount shop/api) may do everything in the whole cluster, and can be reached from shop/web, exposed to internet, in 1 hop: shop/web → shop/api',
    'shop/web (ServiceAccount shop/web) may run commands in pods in namespace shop, and is itself exposed to internet',
  ]);
});

test('is quiet about harmless roles, about who is not called, and where nothing is exposed', async () => {
  expect(await found(scan([given('shop/vault', 'ClusterRole/view')]), traffic)).toEqual([]);
  expect(await found(scan([given('shop/jobs', 'ClusterRole/secrets')]), traffic)).toEqual([]);
  const inside = { workloads: { ...workloads, 'shop/web': { pods: [{ name: 'web-1' }] } } };
  expect(await found(scan([given('shop/vault', 'ClusterRole/secrets')], start, inside), traffic)).toEqual([]);
});

test('is quiet about what Kubernetes and EKS bind, and about Linkerd’s control plane', async () => {
  const relations = [
    given('shop/vault', 'ClusterRole/secrets', undefined, 'ClusterRoleBinding/system:controller'),
    given('shop/api', 'ClusterRole/secrets', undefined, 'ClusterRoleBinding/eks:addon'),
  ];
  expect(await found(scan(relations), traffic)).toEqual([]);
  for (const label of ['linkerd.io/is-control-plane=true', 'linkerd.io/extension=viz']) {
    const own = { namespaces: { shop: { labels: [label] } } };
    expect(await found(scan([given('shop/vault', 'ClusterRole/secrets')], start, own), traffic)).toEqual([]);
  }
});

test('does not go over calls that were turned away', async () => {
  const denied = trafficWindow(
    minute(5),
    minute(6),
    [call('shop/web', 'shop/api', 10), call('shop/api', 'shop/vault', 10)],
    [arrival('shop/api', 'shop/vault', 'denied', 10)],
  );
  expect(await found(scan([given('shop/vault', 'ClusterRole/secrets')]), denied)).toEqual([]);
});

test('goes by who held what at the instant', async () => {
  const relations = [given('shop/vault', 'ClusterRole/secrets')];
  expect(await found(scan(relations), traffic, scan([], minute(8)))).toEqual([]);
  expect((await evaluate(graph, 'power-reachable-from-exposed', { at: minute(7) })).findings).toHaveLength(1);
  expect(await found(scan([]), traffic, scan(relations, minute(8)))).toHaveLength(1);
  expect((await evaluate(graph, 'power-reachable-from-exposed', { at: minute(7) })).findings).toHaveLength(0);
});

test('goes by the ServiceAccount that the workload ran as at the instant', async () => {
  const relations = [given('shop/vault', 'ClusterRole/secrets')];
  const other = { workloads: { ...workloads, 'shop/vault': { pods: [{ name: 'vault-1' }], account: 'shop/plain' } } };
  const before = async () => (await evaluate(graph, 'power-reachable-from-exposed', { at: minute(7) })).findings.length;
  expect(await found(scan(relations), traffic, scan(relations, minute(8), other))).toEqual([]);
  expect(await before()).toBe(1);
  expect(await found(scan(relations, start, other), traffic, scan(relations, minute(8)))).toHaveLength(1);
  expect(await before()).toBe(0);
});
