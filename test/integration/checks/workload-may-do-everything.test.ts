import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Relation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { clusterScan, mesh, minute, type SmallMesh, start } from './small-mesh.ts';
import { account, bound, rbac, role } from './small-rbac.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const admin = role('ClusterRole/cluster-admin', ['wildcard'], { system: true });
const edit = role('ClusterRole/edit', ['readsSecrets']);
const workloads: NonNullable<SmallMesh['workloads']> = {
  ...mesh.workloads,
  'kube-system/manager': {},
  'shop/jobs': { account: 'shop/web' },
};
const scan = (at: number, relations: readonly Relation[], running = workloads) =>
  clusterScan(at, { ...mesh, workloads: running, more: rbac([admin, edit], relations) });
const web = bound(account('shop/web'), admin, 'ClusterRoleBinding/web-admin');

test('finds the ServiceAccount and all that runs as it, while it is bound', async () => {
  const scans = [scan(start, []), scan(minute(3), [web]), scan(minute(6), [])];
  expect(messagesOf(await judge(graph, 'workload-may-do-everything', scans))).toEqual([]);
  const at = async (instant: number) =>
    messagesOf(await evaluate(graph, 'workload-may-do-everything', { at: instant }));
  expect(await at(minute(4))).toEqual([
    'shop/jobs, shop/web may do everything in the whole cluster: ServiceAccount shop/web has cluster-admin by ClusterRoleBinding/web-admin',
  ]);
  expect(await at(minute(2))).toEqual([]);
});

test('goes by what runs as it at the instant', async () => {
  const { 'shop/web': _, 'shop/jobs': __, ...others } = workloads;
  const scans = [scan(start, [web], others), scan(minute(3), [web]), scan(minute(6), [web], others)];
  expect(messagesOf(await judge(graph, 'workload-may-do-everything', scans))).toEqual([]);
  const at = async (instant: number) => (await evaluate(graph, 'workload-may-do-everything', { at: instant })).findings;
  expect([(await at(minute(2))).length, (await at(minute(4))).length]).toEqual([0, 1]);
});

test('is quiet about less, about one namespace, and about what Kubernetes and EKS bind or run', async () => {
  const quiet = [
    bound(account('shop/web'), edit, 'ClusterRoleBinding/web-edit'),
    bound(account('shop/web'), admin, 'RoleBinding/web-admin', 'shop'),
    bound(account('shop/books'), admin, 'ClusterRoleBinding/system:books'),
    bound(account('legacy/inventory'), admin, 'ClusterRoleBinding/eks:addon'),
    bound(account('kube-system/manager'), admin, 'ClusterRoleBinding/manager'),
    bound(account('shop/nobody'), admin, 'ClusterRoleBinding/nobody'),
  ];
  expect(messagesOf(await judge(graph, 'workload-may-do-everything', [scan(start, quiet)]))).toEqual([]);
});
