import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { clusterScan, mesh, minute, start } from './small-mesh.ts';
import { ownCluster } from './small-policy.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'proxy-version-skew';
const state = (linkerdVersion: string, proxies: readonly string[], { at = start, pod = {}, meshed = true } = {}) => {
  const pods = (name: string) =>
    proxies.map((proxyVersion, n) => ({ name: `${name}-${n}`, meshed, props: { proxyVersion, ...pod } }));
  const workloads = { 'shop/web': { pods: pods('web') }, 'shop/books': { pods: pods('books') } };
  return clusterScan(at, { ...mesh, workloads, more: ownCluster({ linkerdVersion }) });
};

test('finds once a version the proxies that are too old', async () => {
  const old = state('stable-2.14.10', ['stable-2.12.0', 'stable-2.13.7', 'stable-2.14.1']);
  expect(messagesOf(await judge(graph, check, [old]))).toEqual([
    '2 pods of shop/books, shop/web have proxy stable-2.12.0, more than one version behind the control plane, which is stable-2.14.10',
  ]);
});

test('finds proxies ahead of the control plane', async () => {
  expect(messagesOf(await judge(graph, check, [state('version-2.16', ['version-2.17'])]))).toEqual([
    '2 pods of shop/books, shop/web have proxy version-2.17, ahead of the control plane, which is version-2.16',
  ]);
});

test.each([
  ['edge-26.8.3', 'edge-25.7.4', 'behind'],
  ['edge-26.8.3', 'edge-25.8.1', 'clean'],
  ['edge-26.8.3', 'edge-26.8.3', 'clean'],
  ['edge-26.8.3', 'edge-26.8.4', 'ahead'],
  ['edge-26.8.3', 'edge-26.9.1', 'ahead'],
  ['edge-26.1.2', 'edge-25.12.4', 'clean'],
  ['2.17.0', '2.16.9', 'clean'],
  ['2.17.0', '2.17.4', 'clean'],
  ['2.17.0', 'enterprise-2.15.1', 'behind'],
  ['edge-26.8.3', 'stable-2.10.0', 'clean'],
  ['stable-2.14.0', 'edge-20.1.1', 'clean'],
  ['edge-26.8.3', 'git-5c6d1f', 'clean'],
])('a control plane %s with proxies %s is %s', async (control, proxy, expected) => {
  const { findings } = await judge(graph, check, [state(control, [proxy])]);
  expect(findings.map(({ row }) => (row.ahead ? 'ahead' : 'behind'))).toEqual(expected === 'clean' ? [] : [expected]);
});

test.each([
  ['finished', { pod: { phase: 'Succeeded' } }],
  ['failed', { pod: { phase: 'Failed' } }],
  ['unmeshed', { meshed: false }],
])('leaves out %s pods', async (_, more) => {
  expect((await judge(graph, check, [state('stable-2.14.0', ['stable-2.10.0'], more)])).status).toBe('clean');
});

test('judges as of the instant', async () => {
  const upgraded = state('stable-2.14.0', ['stable-2.12.0'], { at: minute(5) });
  await judge(graph, check, [state('stable-2.13.0', ['stable-2.12.0']), upgraded]);
  expect((await evaluate(graph, check, { at: minute(4) })).status).toBe('clean');
  expect((await evaluate(graph, check)).findings).toHaveLength(1);
  await judge(graph, check, [
    upgraded,
    { ...state('stable-2.14.0', []), at: minute(7), readAt: minute(7), id: 'test/cluster/later' },
  ]);
  expect((await evaluate(graph, check)).status).toBe('clean');
});

test('is silent about the time before', async () => {
  await judge(graph, check, [state('2.17.0', []), state('2.17.0', ['2.10.0'], { at: minute(5) })]);
  expect((await evaluate(graph, check, { at: minute(4) })).status).toBe('clean');
  expect((await evaluate(graph, check)).status).toBe('violated');
});
