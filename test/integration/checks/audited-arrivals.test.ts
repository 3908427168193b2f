import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Arrival } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { arrival, clusterScan, mesh, minute, scan, start, trafficWindow } from './small-mesh.ts';
import { admits, type Facts, facts, server, without } from './small-policy.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'audited-arrivals';
const audited = (account: string | null, more = {}) =>
  arrival(account, 'shop/books', 'audited', 7, {
    server: { kind: 'server', name: 'books-http' },
    authorization: { kind: 'default', name: 'audit' },
    ...more,
  });
const window = (...arrivals: Arrival[]) => trafficWindow(minute(5), minute(6), [], arrivals);
const policies = (...parts: Facts[]) =>
  clusterScan(start, { ...mesh, more: facts(server('shop/books-http', ['shop/books']), ...parts) });

test('tells who got in only because the port audits, in one finding a port', async () => {
  expect(messagesOf(await judge(graph, check, [policies(), window(audited('shop/web'), audited(null))]))).toEqual([
    'shop/books:8080 (server/books-http) let in unauthenticated, web.shop.serviceaccount.identity.linkerd.cluster.local ' +
      '14 times only because it audits: enforced, they would be denied; last 2026-11-23T17:06:00Z',
  ]);
});

test('is silent about what an authorization admitted or a policy denied', async () => {
  const others = [arrival('shop/web', 'shop/books', 'allowed', 3), arrival('shop/web', 'shop/books', 'denied', 3)];
  expect((await judge(graph, check, [scan, window(...others)])).status).toBe('clean');
});

const on: [string, string] = ['Server', 'shop/books-http'];
test.each<[string, Facts, string]>([
  ['by its ServiceAccount', admits('shop/books-web', { on, accounts: ['shop/web'] }), 'clean'],
  ['by its identity', admits('shop/books-web', { on, identities: ['shop/web'] }), 'clean'],
  [
    'only together with a network',
    admits('shop/books-web', { on, accounts: ['shop/web'], networks: true }),
    'violated',
  ],
  ['somebody else', admits('shop/books-web', { on, accounts: ['shop/books'] }), 'violated'],
  ['on another Server', admits('shop/other-web', { on: ['Server', 'shop/other'], accounts: ['shop/web'] }), 'violated'],
])('a caller that an authorization admits %s: %s', async (_, policy, status) => {
  const state = policies(server('shop/other', ['shop/books'], { port: '9090' }), policy);
  expect((await judge(graph, check, [state, window(audited('shop/web'))])).status).toBe(status);
});

test('a policy that is gone admits nobody any more', async () => {
  const admitted = policies(admits('shop/books-web', { on, accounts: ['shop/web'] }));
  const later = { ...policies(), at: minute(4), readAt: minute(4), id: 'test/cluster/later' };
  expect((await judge(graph, check, [admitted, later, window(audited('shop/web'))])).status).toBe('violated');
});

test('speaks of the period only', async () => {
  await judge(graph, check, [policies(), window(audited('shop/web')), trafficWindow(minute(9), minute(10), [])]);
  expect((await evaluate(graph, check, { since: minute(6) })).status).toBe('clean');
  expect((await evaluate(graph, check, { since: start, at: minute(5) })).findings).toEqual([]);
});

test.each(['TARGETS', 'REQUIRES', 'ADMITS'])('%s counts as of the instant', async (type) => {
  const admitted = policies(admits('shop/books-web', { on, accounts: ['shop/web'] }));
  const came = window(audited('shop/web'));
  expect((await judge(graph, check, [admitted, without(admitted, type, minute(4)), came])).status).toBe('violated');
  const later = { ...admitted, at: minute(8), readAt: minute(8), id: 'test/cluster/later' };
  await judge(graph, check, [without(admitted, type), came, later, trafficWindow(minute(9), minute(10), [])]);
  expect((await evaluate(graph, check)).status).toBe('clean');
  expect((await evaluate(graph, check, { at: minute(7) })).status).toBe('violated');
});
