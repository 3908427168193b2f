import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { arrival, call, clusterScan, mesh, minute, scan, start, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'views-disagree';
const seen = (called: number, arrived: number, more: { call?: object; arrival?: object; n?: number } = {}) =>
  trafficWindow(
    minute(more.n ?? 5),
    minute((more.n ?? 5) + 1),
    called === 0 ? [] : [call('shop/web', 'shop/books', called, more.call)],
    arrived === 0 ? [] : [arrival('shop/web', 'shop/books', 'allowed', arrived, more.arrival)],
  );
const status = async (...observations: Parameters<typeof judge>[2]) => (await judge(graph, check, observations)).status;

test('finds more arrivals under an identity than its workload called', async () => {
  expect(messagesOf(await judge(graph, check, [scan, seen(10, 100)]))).toEqual([
    'shop/web called shop/books:8080 10 times by its own proxies, but under its identity ' +
      'web.shop.serviceaccount.identity.linkerd.cluster.local 100 requests arrived there',
  ]);
});

test('finds calls that never arrived, and is then another finding', async () => {
  const { findings } = await judge(graph, check, [scan, seen(100, 0)]);
  expect(findings.map(({ row }) => [row.called, row.arrived])).toEqual([[100, 0]]);
  const [unsaid] = (await judge(graph, check, [scan, seen(0, 100)])).findings;
  expect(unsaid?.fingerprint).not.toBe(findings[0]?.fingerprint);
});

test('denied requests count on both sides', async () => {
  expect(await status(scan, seen(100, 100, { arrival: { verdict: 'denied' } }))).toBe('clean');
});

test.each([
  ['20 requests', 20, 0],
  ['a tenth', 1000, 900],
])('a difference of %s is an edge of windows', async (_, called, arrived) => {
  expect(await status(scan, seen(called, arrived))).toBe('clean');
  expect(await status(scan, seen(arrived, called))).toBe('clean');
  expect(await status(scan, seen(called + 2, arrived))).toBe('violated');
});

test.each([
  ['connections', { call: { protocol: 'tcp' } }, 100, 0],
  ['calls that were not mutual TLS', { call: { tls: 'no_identity' } }, 100, 0],
  ['what the called side saw as bytes', { arrival: { protocol: 'tcp' } }, 100, 5],
  ['connections that arrived', { arrival: { protocol: 'tcp' } }, 0, 100],
])('leaves out %s', async (_, more, called, arrived) => {
  expect(await status(scan, seen(called, arrived, more))).toBe('clean');
});

test('leaves out an identity of several workloads, and one of a workload that is long gone', async () => {
  const cart = { 'shop/cart': { pods: [{ name: 'cart-1' }], account: 'shop/web' } };
  const shared = clusterScan(start, { ...mesh, workloads: { ...mesh.workloads, ...cart } });
  expect(await status(shared, seen(10, 100))).toBe('clean');
  const alone = { ...scan, at: minute(2), readAt: minute(2), id: 'test/cluster/later' };
  await judge(graph, check, [shared, alone, seen(10, 100)]);
  expect((await evaluate(graph, check, { since: minute(3) })).status).toBe('violated');
});

test('leaves out the control plane and extensions on the called side', async () => {
  const system = clusterScan(start, { ...mesh, namespaces: { shop: { labels: ['linkerd.io/extension=viz'] } } });
  expect(await status(system, seen(10, 100))).toBe('clean');
});

const silent = (n: number, namespace: string, count: number) => {
  const window = seen(n === 5 ? 10 : 0, n === 5 ? 100 : 0, { n });
  const scrapes = [{ namespace, proxies: 2, silent: count, scrapes: 12, failedScrapes: 6 }];
  return { ...window, coverage: { ...window.coverage, scrapes } };
};
test('leaves out namespaces whose proxies were silent for more than a tenth of the windows, and no others', async () => {
  expect(await status(scan, silent(5, 'shop', 1))).toBe('clean');
  expect(await status(scan, silent(5, 'shop', 0))).toBe('violated');
  expect(await status(scan, silent(5, 'legacy', 1))).toBe('violated');
  const others = [0, 1, 2, 3, 4, 6, 7, 8, 9].map((n) => silent(n, 'shop', 0));
  expect(await status(scan, ...others, silent(5, 'shop', 1))).toBe('violated');
});

test('counts exactly the windows of the period', async () => {
  await judge(graph, check, [scan, seen(100, 100), seen(30, 60, { n: 7 }), trafficWindow(minute(9), minute(10), [])]);
  expect(
    (await evaluate(graph, check, { since: minute(6) })).findings.map(({ row }) => [row.called, row.arrived]),
  ).toEqual([[30, 60]]);
  expect((await evaluate(graph, check, { since: start, at: minute(7) })).findings).toEqual([]);
});

test('leaves out a called side whose proxies were silent, though those of the caller were not', async () => {
  const traffic = trafficWindow(minute(5), minute(6), [call('shop/web', 'legacy/inventory', 100)]);
  const scrapes = (silent: number) => [
    { namespace: 'legacy', proxies: 2, silent, scrapes: 12, failedScrapes: 6 },
    { namespace: 'shop', proxies: 2, silent: 0, scrapes: 12, failedScrapes: 0 },
  ];
  const covered = (silent: number) => ({ ...traffic, coverage: { ...traffic.coverage, scrapes: scrapes(silent) } });
  expect(await status(scan, covered(2))).toBe('clean');
  expect(await status(scan, covered(0))).toBe('violated');
});
