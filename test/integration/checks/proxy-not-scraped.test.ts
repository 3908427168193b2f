import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { clusterScan, mesh, minute, start, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'proxy-not-scraped';
type Pod = { name: string; meshed?: boolean; props: { createdAt: number; phase?: string } };
const old = (name: string): Pod => ({ name, props: { createdAt: start } });
const state = (pods: Pod[], at = minute(6)) =>
  clusterScan(at, {
    ...mesh,
    workloads: { 'shop/web': { pods } },
    namespaces: { shop: { inject: 'enabled' }, legacy: {} },
  });
const window = (n: number, proxies: number | undefined, silent = 0, namespace = 'shop') => {
  const traffic = trafficWindow(minute(n), minute(n + 1), []);
  const scrapes = proxies === undefined ? [] : [{ namespace, proxies, silent, scrapes: 12, failedScrapes: 0 }];
  return { ...traffic, coverage: { ...traffic.coverage, scrapes } };
};
const two = [old('web-1'), old('web-2')];
const status = async (...observations: Parameters<typeof judge>[2]) => (await judge(graph, check, observations)).status;

test('finds proxies that are no targets, and targets without a good scrape', async () => {
  expect(messagesOf(await judge(graph, check, [window(5, 1), state(two)]))).toEqual([
    'of 2 meshed pods in namespace shop (web) Prometheus scraped 1, in the window from 2026-11-23T17:05:00Z',
  ]);
  expect(messagesOf(await judge(graph, check, [window(5, 2, 2), state(two)]))).toEqual([
    'of 2 meshed pods in namespace shop (web) Prometheus scraped 0, and knows 2 more without a good scrape, in the window from 2026-11-23T17:05:00Z',
  ]);
});

test('finds a namespace Prometheus does not know at all, whatever it knows of others', async () => {
  expect(
    (await judge(graph, check, [window(5, 2, 0, 'shop-2'), state(two)])).findings.map(({ row }) => row.targets),
  ).toEqual([0]);
});

test.each<[string, Pod]>([
  ['was made in the window', { name: 'web-2', props: { createdAt: minute(5) + 1 } }],
  ['has no proxy', { ...old('web-2'), meshed: false }],
  ['is over', { name: 'web-2', props: { createdAt: start, phase: 'Succeeded' } }],
])('asks for no scrape of a pod that %s', async (_, pod) => {
  expect(await status(window(5, 1), state([old('web-1'), pod]))).toBe('clean');
});

test('a window counts only if a scan of the cluster saw the pods after it', async () => {
  expect(await status(state(two, minute(4)), window(5, 1))).toBe('clean');
  expect(await status(window(3, 2), state(two, minute(4)), window(5, 1))).toBe('clean');
});

test('asks for no scrape of pods the scan after the window did not find', async () => {
  expect(await status(state(two, minute(4)), window(5, 1), state([old('web-1')], minute(7)))).toBe('clean');
});

test('one window of the newest three with all of them is enough', async () => {
  expect(await status(window(3, 2), window(4, 1), window(5, 1), state(two))).toBe('clean');
  expect(await status(window(2, 2), window(3, 1), window(4, 1), window(5, 1), state(two))).toBe('violated');
});

test('judges by the scans up to the instant, and by those that read the pods', async () => {
  await judge(graph, check, [window(3, 1), state(two, minute(4)), window(5, 2), state(two, minute(6)), window(7, 1)]);
  expect((await evaluate(graph, check, { at: minute(5) })).findings).toHaveLength(1);
  expect((await evaluate(graph, check)).status).toBe('clean');
  const blind = { ...state([], minute(8)), coverage: { kinds: {}, families: ['namespaces'], notes: [] } };
  await judge(graph, check, [
    window(5, 2),
    state(two, minute(6)),
    ...[7, 8, 9].map((n) => window(n, 1)),
    { ...blind, at: minute(10), readAt: minute(10), entities: [], relations: [] },
  ]);
  expect((await evaluate(graph, check)).status).toBe('clean');
});
