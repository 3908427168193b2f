import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { admitted, apiToDb, seen, shopScan, webToApi } from './data-mesh.ts';
import { judge, messagesOf } from './judge.ts';
import { arrival, call } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const found = async (observations: readonly Observation[]) =>
  messagesOf(await judge(graph, 'data-hop-by-default-policy', observations));

test('finds the hops to data that a default policy let in, and which it was', async () => {
  const byDefault = arrival('shop/api', 'shop/db', 'allowed', 5);
  const strict = admitted('shop/web', 'shop/api', {
    authorization: { kind: 'default', name: 'cluster-authenticated' },
  });
  expect(await found([shopScan(), seen([...webToApi, byDefault])])).toEqual([
    '1 of 2 hops on ways to personal data at shop/db is admitted by the default policy only (all-unauthenticated): shop/api → shop/db',
  ]);
  expect(await found([shopScan(), seen([strict, byDefault])])).toEqual([
    '2 of 2 hops on ways to personal data at shop/db are admitted by the default policy only (all-unauthenticated, cluster-authenticated): shop/api → shop/db, shop/web → shop/api',
  ]);
});

test('is silent where authorizations of their own admit, where no proxy tells, and where no data is reached', async () => {
  expect(await found([shopScan(), seen([...webToApi, ...apiToDb])])).toEqual([]);
  expect(await found([shopScan(), seen([call('shop/web', 'shop/db', 5)])])).toEqual([]);
  expect(await found([shopScan(), seen([...apiToDb, arrival('shop/db', 'shop/web', 'allowed', 5)])])).toEqual([]);
});

test('is silent about what the default policy turned away', async () => {
  const denied = admitted('shop/web', 'shop/db', { verdict: 'denied', authorization: undefined });
  expect(await found([shopScan(), seen([...apiToDb, denied])])).toEqual([]);
});
