import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { shopScan } from './data-mesh.ts';
import { judge, messagesOf } from './judge.ts';
import { arrival, call, trafficWindow } from './small-mesh.ts';
import { DAY, day, HOUR } from './spread-days.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

// The hour after the sixth day's midnight is what is judged.
const old = call('shop/web', 'shop/db', 2);
const api = call('shop/web', 'shop/api', 2);

/** One window a day, with these calls. */
const days = (calls: Readonly<Record<number, readonly (typeof old)[]>>, watched = [0, 1, 2, 3, 4, 5]) =>
  watched.map((n) => trafficWindow(day(n), day(n + 1), calls[n] ?? []));
const now = (...calls: (typeof old)[]) => trafficWindow(day(6), day(6) + HOUR, calls);
const found = async (windows: readonly Observation[], silence = 3 * DAY) =>
  messagesOf(
    await judge(graph, 'silent-pair-speaks', [shopScan({}, day(6)), ...windows], {
      since: day(6),
      at: day(6) + HOUR,
      parameters: { silence },
    }),
  );

test('finds a caller that speaks again to whom it was silent for long: one finding a caller', async () => {
  expect(await found([...days({ 0: [old], 1: [api] }), now(old, api)])).toEqual([
    expect.stringMatching(
      /^shop\/web called shop\/(db, shop\/api|api, shop\/db) again at 2026-11-29T00:00:00Z, 4 times so far, after silence since 2026-11-25T00:00:00Z$/,
    ),
  ]);
});

test('finds nobody whose silence was shorter, ended the day before, or never was', async () => {
  expect(await found([...days({ 0: [old] }), now(old)], 6 * DAY)).toEqual([]);
  expect(await found([...days({ 0: [old], 5: [old] }), now(old)], 0)).toEqual([]);
  expect(await found([...days({}), now(old)])).toEqual([]);
  expect(await found([...days({ 0: [old] }), now()])).toEqual([]);
});

test('leaves out pairs that were silent for half as long before', async () => {
  expect(await found([...days({ 0: [old], 3: [old] }), now(old)], 2 * DAY)).toEqual([]);
  expect(await found([...days({ 0: [old], 2: [old] }), now(old)], 2 * DAY)).toHaveLength(1);
});

test('takes no silence for one that nobody watched', async () => {
  expect(await found([...days({ 0: [old] }, [0, 1, 2, 4, 5]), now(old)])).toEqual([]);
});

test('counts a caller that no workload here carries by its arrivals', async () => {
  const arrived = (n: number, length: number) =>
    trafficWindow(day(n), day(n) + length, [], [arrival(null, 'shop/db', 'allowed', 3)]);
  expect(await found([arrived(0, DAY), ...days({}).slice(1), arrived(6, HOUR)])).toEqual([
    'unauthenticated called shop/db again at 2026-11-29T00:00:00Z, 3 times so far, after silence since 2026-11-24T00:00:00Z',
  ]);
});
