import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { judge, type Period } from './judge.ts';
import { arrival, call, minute, scan, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const parameters = { learning: 5 * 60_000 };
const window = (n: number, ...calls: Parameters<typeof trafficWindow>[2][number][]) =>
  trafficWindow(minute(n), minute(n + 1), calls);
const known = call('shop/web', 'shop/books', 1);
const found = async (windows: Observation[], period: Period = {}) =>
  (
    await judge(graph, 'first-time-caller', [scan, ...windows], { since: minute(6), parameters, ...period })
  ).findings.map(({ row }) => `${row.caller} ${row.callee} ${row.count}`);

test('finds a pair that was never seen before, after the learning period', async () => {
  const fresh = call('shop/books', 'legacy/inventory', 2);
  expect(await found([window(0, known), window(7, known, fresh), window(8, fresh)])).toEqual([
    'shop/books legacy/inventory 4',
  ]);
});

test('finds nobody while it is still learning', async () => {
  expect(await found([window(4, known), window(7, call('shop/books', 'legacy/inventory', 2))])).toEqual([]);
});

test('does not find a pair that was seen before and fell silent', async () => {
  expect(await found([window(0, known), window(8, known)])).toEqual([]);
});

test('finds callers that no proxy here speaks for: without identity, or with a foreign one', async () => {
  const arrivals = [arrival(null, 'shop/books', 'denied', 3), arrival('west/gateway', 'shop/books', 'allowed', 2)];
  const told = await found([window(0, known), trafficWindow(minute(7), minute(8), [], arrivals)]);
  expect(told.sort()).toEqual([
    'gateway.west.serviceaccount.identity.linkerd.cluster.local shop/books 2',
    'unauthenticated shop/books 3',
  ]);
});
