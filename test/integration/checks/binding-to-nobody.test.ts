import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Relation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { clusterScan, mesh, minute, start } from './small-mesh.ts';
import { account, bound, rbac, role, roleRef, subject } from './small-rbac.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const reader = role('shop/Role/reader');
const scan = (at: number, relations: readonly Relation[], workloads = mesh.workloads!) =>
  clusterScan(at, { ...mesh, workloads, more: rbac([reader, subject('Group', 'ops')], relations) });
const found = async (...relations: Relation[]) =>
  messagesOf(await judge(graph, 'binding-to-nobody', [scan(start, relations)]));

test('finds a binding of ServiceAccounts that do not exist, once for all of them', async () => {
  const names = ['shop/gone', 'shop/lost', 'shop/web'];
  expect(await found(...names.map((name) => bound(account(name), reader, 'RoleBinding/read', 'shop')))).toEqual([
    'RoleBinding read in shop names ServiceAccount shop/gone, ServiceAccount shop/lost, which do not exist',
  ]);
});

test('finds a binding of a role that does not exist, whoever it is for', async () => {
  expect(
    await found(
      bound(subject('Group', 'ops'), roleRef('ClusterRole/not-there'), 'ClusterRoleBinding/ops'),
      bound(account('shop/web'), roleRef('shop/Role/not-there'), 'RoleBinding/web', 'shop'),
    ),
  ).toEqual([
    'ClusterRoleBinding ops names ClusterRole not-there, which does not exist',
    'RoleBinding web in shop names Role shop/not-there, which does not exist',
  ]);
});

test('is quiet about what exists, about groups, and about what Kubernetes and EKS bind', async () => {
  expect(
    await found(
      bound(account('shop/web'), reader, 'RoleBinding/read', 'shop'),
      bound(subject('Group', 'ops'), reader, 'RoleBinding/ops', 'shop'),
      bound(account('kube-system/route-controller'), reader, 'ClusterRoleBinding/system:controller:route-controller'),
      bound(account('kube-system/node-manager'), reader, 'ClusterRoleBinding/eks:node-manager'),
    ),
  ).toEqual([]);
});

test('follows the ServiceAccount through its life: deleted it is found, made again it is not', async () => {
  const relations = [bound(account('shop/web'), reader, 'RoleBinding/read', 'shop')];
  const { 'shop/web': _, ...others } = mesh.workloads!;
  const observations = [
    scan(start, relations),
    scan(minute(3), relations, others),
    scan(minute(6), relations),
    scan(minute(8), []),
  ];
  expect(messagesOf(await judge(graph, 'binding-to-nobody', observations))).toEqual([]);
  const count = async (at: number) => (await evaluate(graph, 'binding-to-nobody', { at })).findings.length;
  expect([await count(minute(2)), await count(minute(4)), await count(minute(7))]).toEqual([0, 1, 0]);
  // The binding is gone in the end, and with it what it named.
  const ended = [scan(start, [bound(account('shop/gone'), reader, 'RoleBinding/read', 'shop')]), scan(minute(5), [])];
  expect(messagesOf(await judge(graph, 'binding-to-nobody', ended))).toEqual([]);
  expect(await count(minute(2))).toBe(1);
  // It is bound, and made, only later.
  const later = [scan(start, []), scan(minute(3), [bound(account('shop/late'), reader, 'RoleBinding/read', 'shop')])];
  const made = scan(minute(6), [bound(account('shop/late'), reader, 'RoleBinding/read', 'shop')], {
    ...mesh.workloads,
    'shop/late': {},
  });
  expect(messagesOf(await judge(graph, 'binding-to-nobody', [...later, made]))).toEqual([]);
  expect([await count(minute(2)), await count(minute(4))]).toEqual([0, 1]);
});
