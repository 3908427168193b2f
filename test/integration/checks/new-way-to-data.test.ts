import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { admitted, apiToDb, seen, shopScan, webToApi } from './data-mesh.ts';
import { judge, messagesOf, type Period } from './judge.ts';
import { arrival, call, minute } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const parameters = { learning: 3 * 60_000 };
const later = { since: minute(4), parameters };
const found = async (observations: readonly Observation[], period: Period = later) =>
  messagesOf(await judge(graph, 'new-way-to-data', observations, period));
const known = seen(apiToDb, 0);
const message = (who: string, way: string) =>
  `${who} at 2026-11-23T17:05:00Z: ${way}; watched since 2026-11-23T17:00:00Z`;

test('finds a new pair that leads to data over others, and counts who reaches it through the pair', async () => {
  const batch = call('shop/batch', 'shop/web', 2);
  expect(await found([shopScan(), known, seen([...webToApi, ...apiToDb, batch])])).toEqual([
    message(
      'shop/web and 1 that reaches it gained a way to personal data at shop/db when it first called shop/api',
      'shop/web → shop/api → shop/db',
    ),
  ]);
});

test('finds a direct call to data, of a stranger without a workload too', async () => {
  expect(await found([shopScan(), known, seen([...apiToDb, admitted(null, 'shop/db')])])).toEqual([
    message(
      'unauthenticated gained a way to personal data at shop/db when it first called shop/db',
      'unauthenticated → shop/db',
    ),
  ]);
});

test('is silent about callers that could reach the data before: in the period, or by whom they had called', async () => {
  const shortcut = admitted('shop/web', 'shop/db');
  const short = call('shop/web', 'shop/db', 1);
  expect(
    await found([shopScan(), seen([...webToApi, ...apiToDb], 0), seen([...webToApi, ...apiToDb, short, shortcut])]),
  ).toEqual([]);
  // web has called the api before, and does not any more.
  expect(await found([shopScan(), seen([...webToApi, ...apiToDb], 0), seen([...apiToDb, short, shortcut])])).toEqual(
    [],
  );
});

test('is silent about known pairs, pairs that were turned away, and pairs that lead to no data', async () => {
  expect(await found([shopScan(), seen([...webToApi, ...apiToDb], 0), seen([...webToApi, ...apiToDb])])).toEqual([]);
  const [toApi] = webToApi;
  const denied = arrival('shop/web', 'shop/api', 'denied', 5);
  expect(await found([shopScan(), known, seen([toApi, denied, ...apiToDb])])).toEqual([]);
  expect(await found([shopScan(), known, seen([...apiToDb, call('shop/db', 'shop/web', 3)])])).toEqual([]);
});

test('learns first, also from what was first seen in the period', async () => {
  expect(
    await found([shopScan(), known, seen([...webToApi, ...apiToDb], 1)], { since: minute(1), parameters }),
  ).toEqual([]);
  expect(
    await found([shopScan(), known, seen([...webToApi, ...apiToDb])], { since: minute(1), parameters }),
  ).toHaveLength(1);
  const week = await judge(graph, 'new-way-to-data', [shopScan(), known, seen(webToApi)], { since: minute(4) });
  expect(week).toMatchObject({ status: 'clean', reason: expect.stringContaining('not judged yet') });
});
