import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { arrival, call, clusterScan, mesh, minute, scan, trafficWindow } from '../checks/small-mesh.ts';
import { askGraph, columns } from './ask-graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const iso = (n: number): string => new Date(minute(n)).toISOString();

test('a graph that only traffic filled answers, by names traffic tells', async () => {
  await refill(graph, [
    trafficWindow(
      minute(0),
      minute(1),
      [call('shop/web', 'shop/books', 5)],
      [arrival('shop/web', 'shop/books', 'allowed', 5)],
    ),
  ]);
  const callers = await askGraph(graph, 'callers', { callee: 'shop/books' });
  expect(columns(callers, 'caller', 'verdict', 'count')).toEqual([
    ['web.shop.serviceaccount.identity.linkerd.cluster.local', 'allowed', 5],
    ['shop/web', 'unknown', 5],
  ]);
  expect((await askGraph(graph, 'path', { from: 'shop/web', to: 'shop/books' })).rows).toHaveLength(1);
  expect((await askGraph(graph, 'identities')).rows).toHaveLength(1);
});

test('a period is answered to the request, window by window, whatever relationship holds them', async () => {
  const windows = [0, 1, 2, 3].map((n) =>
    trafficWindow(minute(n), minute(n + 1), [call('shop/web', 'shop/books', 10 ** n, { failures: n })]),
  );
  await refill(graph, [scan, ...windows]);
  const told = async (since: number, at: number) =>
    columns(
      await askGraph(graph, 'callers', { callee: 'shop/books' }, { since: iso(since), at: iso(at) }),
      'count',
      'failures',
      'first',
      'last',
    );
  expect(await told(0, 4)).toEqual([[1111, 6, minute(0), minute(4)]]);
  expect(await told(1, 3)).toEqual([[110, 3, minute(1), minute(3)]]);
  expect(await told(4, 5)).toEqual([]);
});

test('workloads that share an identity are told apart by their own calls', async () => {
  const shared = clusterScan(minute(0), {
    workloads: { 'shop/a': { account: 'shop/default' }, 'shop/b': { account: 'shop/default' }, 'shop/books': {} },
  });
  const calls = [call('shop/a', 'shop/books', 6), call('shop/b', 'shop/books', 2)];
  const window = (verdict: 'allowed' | 'denied') =>
    trafficWindow(minute(1), minute(2), calls, [arrival('shop/default', 'shop/books', verdict, 8)]);
  await refill(graph, [shared, window('denied')]);
  const callers = await askGraph(graph, 'callers', { callee: 'shop/books' });
  expect(columns(callers, 'caller', 'verdict', 'count')).toEqual([
    ['shop/a', 'denied', 6],
    ['shop/b', 'denied', 2],
  ]);
  expect((await askGraph(graph, 'path', { from: 'shop/a', to: 'shop/books' })).rows).toEqual([]);
  expect(columns(await askGraph(graph, 'callees', { caller: 'shop/a' }), 'verdict', 'count')).toEqual([['denied', 6]]);
});

test('what the first scan and window found did not appear; what came, went and changed later did', async () => {
  const { 'shop/web': web, 'shop/books': books } = mesh.workloads!;
  const later = clusterScan(minute(5), {
    ...mesh,
    namespaces: { ...mesh.namespaces, shop: { inject: 'disabled' } },
    workloads: { 'shop/web': web!, 'shop/books': books!, 'shop/new': { pods: [{ name: 'new-1' }] } },
  });
  const known = call('shop/web', 'shop/books', 1);
  await refill(graph, [
    scan,
    trafficWindow(minute(0), minute(1), [known]),
    later,
    trafficWindow(minute(5), minute(6), [known, call('shop/new', 'shop/books', 1)]),
    trafficWindow(minute(8), minute(9), [call('shop/new', 'shop/books', 1)]),
  ]);
  const told = async (values = {}, period = {}) =>
    columns(await askGraph(graph, 'changes', values, period), 'at', 'what', 'label', 'entity', 'story').filter(
      ([, , label]) => label !== 'Pod' && label !== 'ServiceAccount' && label !== 'Identity',
    );
  expect(await told({ quiet: '2m' })).toEqual([
    [minute(5), 'appeared', 'Workload', 'shop/new', null],
    [minute(5), 'changed', 'Namespace', 'shop', 'inject: enabled → disabled'],
    [minute(5), 'first call', 'Workload', 'shop/new → shop/books', null],
    [minute(5), 'vanished', 'Workload', 'legacy/inventory', null],
    [minute(6), 'last call', 'Workload', 'shop/web → shop/books', null],
  ]);
  expect(await told({ quiet: '4m' })).toHaveLength(4);
  expect(await told({}, { at: iso(4) })).toEqual([]);
  expect(await told({ quiet: '2m' }, { since: iso(5) })).toEqual([
    [minute(5), 'first call', 'Workload', 'shop/new → shop/books', null],
    [minute(6), 'last call', 'Workload', 'shop/web → shop/books', null],
  ]);
});

test('what vanished and came back is told by its coming and going, not by each of its relationships', async () => {
  const { 'legacy/inventory': _, ...workloads } = mesh.workloads!;
  await refill(graph, [scan, clusterScan(minute(5), { ...mesh, workloads }), clusterScan(minute(6), mesh)]);
  const { rows } = await askGraph(graph, 'changes');
  const ofWorkloads = rows.filter(({ label }) => label === 'Workload');
  expect(ofWorkloads.map(({ at, what, entity }) => [at, what, entity])).toEqual([
    [minute(5), 'vanished', 'legacy/inventory'],
    [minute(6), 'appeared', 'legacy/inventory'],
  ]);
});

test('data is asked about as it was held then', async () => {
  const holding = (at: number, holds?: string) =>
    clusterScan(at, { workloads: { 'shop/web': {}, 'shop/books': holds ? { holds } : {} } });
  const window = trafficWindow(minute(0), minute(1), [call('shop/web', 'shop/books', 1)]);
  await refill(graph, [holding(minute(0), 'personal'), window, holding(minute(5))]);
  const reached = async (at: number) =>
    (await askGraph(graph, 'touches', { data: 'personal' }, { at: iso(at) })).rows.length;
  expect([await reached(4), await reached(6)]).toEqual([1, 0]);
});
