import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entity, Observation, Relation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { FAMILIES } from '../../../shared/kubernetes/families.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { clusterScan, mesh, minute, type SmallMesh, start } from './small-mesh.ts';
import { account, bound, rbac, role } from './small-rbac.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const node: Entity = { label: 'Cluster', family: 'cluster', key: 'test', props: { name: 'test' } };
const secrets = role('ClusterRole/secrets', ['readsSecrets']);
const roles = [node, secrets, role('ClusterRole/all', ['wildcard']), role('ClusterRole/exec', ['execs'])];
const given = (name: string, to: string): Relation => bound(account(name), role(to), `ClusterRoleBinding/${name}`);
const scan = (at: number, relations: readonly Relation[], more: Partial<SmallMesh> = {}) =>
  clusterScan(at, { ...mesh, more: rbac(roles, relations), ...more });
/** The same, told of another cluster. */
const of = (cluster: string, observation: Observation): Observation =>
  JSON.parse(JSON.stringify(observation).replaceAll('"test', `"${cluster}`));

const web = given('shop/web', 'ClusterRole/secrets');
const found = async (...observations: Observation[]) =>
  messagesOf(await judge(graph, 'identity-power-differs', observations));

test('finds a power that the same ServiceAccount has in no other cluster', async () => {
  const here = scan(start, [web, given('shop/web', 'ClusterRole/exec')]);
  const there = [
    of('east', scan(start, [given('shop/books', 'ClusterRole/secrets')])),
    of('west', scan(start, [given('shop/web', 'ClusterRole/exec')])),
  ];
  expect(await found(here, ...there)).toEqual([
    'ServiceAccount shop/web may read secrets here (secrets), but not in east, west',
  ]);
});

test('is quiet where another has it too, or may do everything, and in a graph of one cluster', async () => {
  expect(await found(scan(start, [web]), of('east', scan(start, [])), of('west', scan(start, [web])))).toEqual([]);
  expect(await found(scan(start, [web]), of('east', scan(start, [given('shop/web', 'ClusterRole/all')])))).toEqual([]);
  expect(await found(scan(start, [web]))).toEqual([]);
});

test('is quiet about namesakes that are not there, not running here, or of Kubernetes itself', async () => {
  const { 'shop/web': _, ...others } = mesh.workloads!;
  expect(await found(scan(start, [web]), of('east', scan(start, [], { workloads: others })))).toEqual([]);
  const idle: Entity = {
    ...account('shop/idle'),
    family: 'serviceaccounts',
    props: { name: 'idle', namespace: 'shop' },
  };
  const dns = { workloads: { 'kube-system/dns': {} } };
  const both = [given('shop/idle', 'ClusterRole/secrets'), given('kube-system/dns', 'ClusterRole/secrets')];
  const here = scan(start, both, { ...dns, more: rbac([...roles, idle], both) });
  expect(await found(here, of('east', scan(start, [], { ...dns, more: rbac([...roles, idle], []) })))).toEqual([]);
});

test('does not compare with a cluster whose bindings were not read', async () => {
  const families = Object.keys(FAMILIES).filter((family) => family !== 'bindings');
  expect(await found(scan(start, [web]), of('east', scan(start, [], { families })))).toEqual([]);
});

test('goes by what was bound at the instant, here and there', async () => {
  const here = [scan(start, []), scan(minute(2), [web]), scan(minute(8), [])];
  const there = [of('east', scan(start, [])), of('east', scan(minute(5), [web]))];
  await judge(graph, 'identity-power-differs', [...here, ...there]);
  const at = async (instant: number) =>
    (await evaluate(graph, 'identity-power-differs', { at: instant })).findings.length;
  expect([await at(minute(1)), await at(minute(3)), await at(minute(6)), await at(minute(9))]).toEqual([0, 1, 0, 0]);
  // The other cluster takes it away again.
  await judge(graph, 'identity-power-differs', [
    scan(start, [web]),
    of('east', scan(start, [web])),
    of('east', scan(minute(5), [])),
  ]);
  expect([await at(minute(3)), await at(minute(6))]).toEqual([0, 1]);
  // The namesake goes, or comes.
  const { 'shop/web': _, ...others } = mesh.workloads!;
  const without = (instant: number) => scan(instant, [], { workloads: others });
  await judge(graph, 'identity-power-differs', [
    scan(start, [web]),
    of('east', scan(start, [])),
    of('east', without(minute(5))),
  ]);
  expect([await at(minute(3)), await at(minute(6))]).toEqual([1, 0]);
  await judge(graph, 'identity-power-differs', [
    scan(start, [web]),
    of('east', without(start)),
    of('east', scan(minute(5), [])),
  ]);
  expect([await at(minute(3)), await at(minute(6))]).toEqual([0, 1]);
  // What runs as it here ends, and its binding stays.
  const ended = scan(minute(5), [web], { workloads: others });
  await judge(graph, 'identity-power-differs', [scan(start, [web]), of('east', scan(start, [])), ended]);
  expect([await at(minute(3)), await at(minute(6))]).toEqual([1, 0]);
});
