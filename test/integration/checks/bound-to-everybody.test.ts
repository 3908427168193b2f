import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entity, Relation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { clusterScan, mesh, minute, start } from './small-mesh.ts';
import { bound, rbac, role, subject } from './small-rbac.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const anonymous = subject('User', 'system:anonymous');
const unauthenticated = subject('Group', 'system:unauthenticated');
const scan = (at: number, entities: readonly Entity[], relations: readonly Relation[]) =>
  clusterScan(at, { ...mesh, more: rbac(entities, relations) });

describe('role-bound-to-anonymous', () => {
  const view = role('ClusterRole/view', [], { rules: ['get,list pods', 'get,list services'] });
  const found = async (entities: readonly Entity[], ...relations: Relation[]) =>
    messagesOf(await judge(graph, 'role-bound-to-anonymous', [scan(start, entities, relations)]));

  test('finds a role for those who show nothing, once a binding, whatever it allows', async () => {
    expect(
      await found(
        [anonymous, unauthenticated, view, role('shop/Role/empty')],
        bound(anonymous, view, 'ClusterRoleBinding/open'),
        bound(unauthenticated, view, 'ClusterRoleBinding/open'),
        bound(anonymous, role('shop/Role/empty'), 'RoleBinding/odd', 'shop'),
      ),
    ).toEqual([
      'ClusterRoleBinding open lets everybody who reaches the API server (system:anonymous, system:unauthenticated) do in the whole cluster: get,list pods, and 1 more',
      'RoleBinding odd lets everybody who reaches the API server (system:anonymous) do in namespace shop: nothing yet',
    ]);
  });

  const info = role('ClusterRole/system:public-info-viewer');
  const keys = role('ClusterRole/system:service-account-issuer-discovery');
  const clusterInfo = (namespace: string) => role(`${namespace}/Role/kubeadm:bootstrap-signer-clusterinfo`);

  test('is quiet about what is public on purpose, and about everybody else', async () => {
    const ops = subject('Group', 'ops');
    expect(
      await found(
        [anonymous, unauthenticated, ops, view, info, keys, clusterInfo('kube-public')],
        bound(unauthenticated, info, 'ClusterRoleBinding/system:public-info-viewer'),
        bound(unauthenticated, keys, 'ClusterRoleBinding/oidc'),
        bound(anonymous, clusterInfo('kube-public'), 'RoleBinding/kubeadm:bootstrap-signer-clusterinfo', 'kube-public'),
        bound(ops, view, 'ClusterRoleBinding/ops'),
      ),
    ).toEqual([]);
  });

  test('is not fooled by roles that only bear such a name', async () => {
    const lookalike = role('shop/Role/system:public-info-viewer');
    expect(
      await found(
        [anonymous, lookalike, clusterInfo('shop')],
        bound(anonymous, lookalike, 'RoleBinding/a', 'shop'),
        bound(anonymous, clusterInfo('shop'), 'RoleBinding/b', 'shop'),
      ),
    ).toHaveLength(2);
  });

  test('goes by what was bound at the instant', async () => {
    const relations = [bound(anonymous, view, 'ClusterRoleBinding/open')];
    const observations = [
      scan(start, [view], []),
      scan(minute(3), [anonymous, view], relations),
      scan(minute(6), [view], []),
    ];
    expect(messagesOf(await judge(graph, 'role-bound-to-anonymous', observations))).toEqual([]);
    const at = async (instant: number) => evaluate(graph, 'role-bound-to-anonymous', { at: instant });
    expect((await at(minute(2))).status).toBe('clean');
    expect((await at(minute(4))).findings).toHaveLength(1);
  });
});

describe('power-bound-to-everybody', () => {
  const admin = role('ClusterRole/admin', ['readsSecrets', 'execs']);
  const view = role('ClusterRole/view');
  const groups = ['system:authenticated', 'system:serviceaccounts', 'system:serviceaccounts:shop', 'ops'].map((name) =>
    subject('Group', name),
  );
  const [authenticated, accounts, ofShop, ops] = groups as [Entity, Entity, Entity, Entity];
  const entities = [...groups, admin, view];

  test('finds powers of everybody with an account, of every pod, and of every pod of a namespace', async () => {
    const relations = [
      bound(authenticated, admin, 'ClusterRoleBinding/all'),
      bound(accounts, role('ClusterRole/admin'), 'RoleBinding/pods', 'shop'),
      bound(ofShop, admin, 'RoleBinding/own', 'shop'),
    ];
    expect(messagesOf(await judge(graph, 'power-bound-to-everybody', [scan(start, entities, relations)]))).toEqual([
      'ClusterRoleBinding all lets everybody with any account read secrets, run commands in pods in the whole cluster',
      'RoleBinding pods lets every pod of the cluster read secrets, run commands in pods in namespace shop',
      'RoleBinding own lets every pod of namespace shop read secrets, run commands in pods in namespace shop',
    ]);
  });

  test('is quiet about harmless roles, about groups of people, about users, and once it is over', async () => {
    const lookalike = subject('User', 'system:authenticated');
    const harmless = [
      bound(authenticated, view, 'ClusterRoleBinding/all'),
      bound(ops, admin, 'ClusterRoleBinding/ops'),
      bound(lookalike, admin, 'ClusterRoleBinding/user'),
    ];
    const over = [scan(start, entities, [bound(authenticated, admin, 'ClusterRoleBinding/all')])];
    const now = scan(minute(5), [...entities, lookalike], harmless);
    expect(messagesOf(await judge(graph, 'power-bound-to-everybody', [...over, now]))).toEqual([]);
    expect((await evaluate(graph, 'power-bound-to-everybody', { at: minute(2) })).findings).toHaveLength(1);
  });

  test('is not found before it was bound', async () => {
    const bind = [bound(authenticated, admin, 'ClusterRoleBinding/all')];
    await judge(graph, 'power-bound-to-everybody', [scan(start, entities, []), scan(minute(5), entities, bind)]);
    expect((await evaluate(graph, 'power-bound-to-everybody', { at: minute(2) })).findings).toHaveLength(0);
  });
});
