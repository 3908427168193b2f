import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { judge, messagesOf } from './judge.ts';
import { arrival, clusterScan, mesh, minute, start, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'unauthenticated-arrivals-at-data';
const books = { pods: [{ name: 'books-1' }] };
const holding = (holds?: string) =>
  clusterScan(start, {
    ...mesh,
    workloads: { ...mesh.workloads, 'shop/books': { ...books, ...(holds && { holds }) } },
  });
const window = (account: string | null) =>
  trafficWindow(minute(5), minute(6), [], [arrival(account, 'shop/books', 'allowed', 9)]);

test('finds who was let in without identity where data is, and leaves it out of the check of all others', async () => {
  const observations = [holding('personal'), window(null)];
  expect(messagesOf(await judge(graph, check, observations))).toEqual([
    'shop/books:8080 with personal data let in an unauthenticated caller 9 times by default/all-unauthenticated, last 2026-11-23T17:06:00Z',
  ]);
  expect((await judge(graph, 'unauthenticated-arrivals', observations)).status).toBe('clean');
});

test('is silent where no data is: that is the other check', async () => {
  expect((await judge(graph, check, [holding(), window(null)])).status).toBe('clean');
  expect((await judge(graph, 'unauthenticated-arrivals', [holding(), window(null)])).findings).toHaveLength(1);
});

test('is silent where the data is gone, and about callers with an identity', async () => {
  const gone = { ...holding(), at: minute(4), readAt: minute(4), id: 'test/cluster/later' };
  expect((await judge(graph, check, [holding('personal'), gone, window(null)])).status).toBe('clean');
  expect((await judge(graph, check, [holding('personal'), window('shop/web')])).status).toBe('clean');
});

test('cannot judge without the entity model', async () => {
  const blind = clusterScan(start, {
    ...mesh,
    families: ['namespaces', 'authorizationpolicies/targets', 'authorizationpolicies/requirements'],
  });
  expect((await judge(graph, check, [blind, window(null)])).status).toBe('unknown');
});
