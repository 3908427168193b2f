import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { seen, shopScan } from './data-mesh.ts';
import { judge, messagesOf, type Period } from './judge.ts';
import { arrival, call, minute } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const parameters = { learning: 3 * 60_000 };
const found = async (windows: readonly Observation[], period: Period = { since: minute(4), parameters }) =>
  messagesOf(await judge(graph, 'caller-from-new-namespace', [shopScan(), ...windows], period));
const known = seen([call('shop/web', 'shop/api', 5)], 0);
const reports = call('batch/reports', 'shop/db', 3);

test('finds a namespace that calls into another for the first time: one finding, busiest pair first', async () => {
  const more = [
    call('batch/reports', 'shop/api', 7),
    call('batch/jobs', 'shop/db', 1, { protocol: 'tcp', requests: 0 }),
  ];
  expect(await found([known, seen([reports, ...more])])).toEqual([
    'namespace batch called into shop for the first time at 2026-11-23T17:05:00Z, 11 times so far: ' +
      'batch/reports → shop/api, batch/reports → shop/db, batch/jobs → shop/db; watched since 2026-11-23T17:00:00Z',
  ]);
});

test('finds a caller that was turned away as well', async () => {
  expect(await found([known, seen([reports, arrival('batch/reports', 'shop/db', 'denied', 3)])])).toHaveLength(1);
});

test('is silent where anybody of the namespace had called anybody of the other', async () => {
  const before = seen([call('batch/jobs', 'shop/api', 1)], 0);
  expect(await found([before, seen([reports])])).toEqual([]);
  // But not where the two only share the beginning of a name, or called the other way round.
  expect(
    await found([
      seen([call('batch-old/jobs', 'shop/api', 1), call('batch/jobs', 'shop-old/api', 1)], 0),
      seen([reports]),
    ]),
  ).toHaveLength(1);
  expect(await found([seen([call('shop/web', 'batch/jobs', 1)], 0), seen([reports])])).toHaveLength(1);
});

test('is silent about calls within a namespace, to the outside, and of callers that have none', async () => {
  const outside = call('batch/reports', { type: 'external', address: '203.0.113.10' }, 3);
  expect(await found([known, seen([call('shop/web', 'shop/db', 3), outside])])).toEqual([]);
  expect(await found([known, seen([arrival(null, 'shop/db', 'allowed', 3)])])).toEqual([]);
});

test('is silent about pairs of before or after the period, and while it learns', async () => {
  expect(await found([known, seen([reports], 1), seen([reports])])).toEqual([]);
  expect(await found([known, seen([reports], 8)], { since: minute(4), at: minute(7), parameters })).toEqual([]);
  expect(await found([known, seen([reports], 1), seen([], 5)], { since: minute(1), parameters })).toEqual([]);
});
