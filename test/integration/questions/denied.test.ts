import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { arrival, call, clusterScan, minute, scan, trafficWindow } from '../checks/small-mesh.ts';
import { askGraph, columns } from './ask-graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const iso = (n: number): string => new Date(minute(n)).toISOString();
const server = { server: { kind: 'server', name: 'books-http' }, route: { kind: 'HTTPRoute', name: 'books-read' } };
const refused = arrival('shop/web', 'shop/books', 'denied', 3, server);
const quietWindow = (n: number) => trafficWindow(minute(n), minute(n + 1), [], []);

test('a denial is told with who, where, by what, how often, since when and that it ended', async () => {
  await refill(graph, [
    scan,
    quietWindow(0),
    ...[1, 2].map((n) => trafficWindow(minute(n), minute(n + 1), [], [refused])),
    ...[3, 4, 5].map(quietWindow),
  ]);
  const answer = await askGraph(graph, 'denied');
  expect(answer.rows).toEqual([
    {
      caller: 'shop/web',
      identity: 'web.shop.serviceaccount.identity.linkerd.cluster.local',
      callee: 'shop/books',
      port: 8080,
      verdict: 'denied',
      policy: 'server/books-http, HTTPRoute/books-read',
      count: 6,
      unit: 'requests',
      novelty: 'new',
      first: minute(1),
      last: minute(3),
      ended: 'ended',
      callerKey: 'test/Identity/web.shop.serviceaccount.identity.linkerd.cluster.local',
      carrierKeys: ['test/shop/Deployment/web'],
      calleeKey: 'test/shop/Deployment/books',
    },
  ]);
  expect(answer.summary).toBe('1 caller was turned away, in 1 way: 1 new, 0 going on');
});

test('a period is told to the request, and what was turned away before it is known since then', async () => {
  const told = async (since: number, at: number) =>
    columns(
      await askGraph(graph, 'denied', {}, { since: iso(since), at: iso(at) }),
      'count',
      'novelty',
      'first',
      'last',
      'ended',
    );
  expect(await told(2, 4)).toEqual([[3, 'known', minute(1), minute(3), 'goes on']]);
  expect(await told(0, 2)).toEqual([[3, 'new', minute(1), minute(2), 'goes on']]);
  expect(await told(3, 6)).toEqual([]);
});

test('nothing is new that was there when watching began, and nothing ended that nobody watched', async () => {
  await refill(graph, [scan, trafficWindow(minute(0), minute(1), [], [refused]), quietWindow(9)]);
  const answer = await askGraph(graph, 'denied');
  expect(columns(answer, 'novelty', 'ended')).toEqual([['unknown', 'unknown']]);
});

test('another verdict, port or callee is another denial, and new for itself', async () => {
  const known = [refused, arrival(null, 'shop/books', 'noRoute', 2)];
  const later = [
    refused,
    { ...refused, port: 9090 },
    arrival('shop/web', 'shop/books', 'terminated', 4, { protocol: 'tcp' }),
    arrival(null, 'legacy/inventory', 'denied', 5),
    arrival('shop/web', 'shop/books', 'rateLimited', 6, {
      rateLimit: { kind: 'httplocalratelimitpolicy', name: 'rl' },
    }),
  ];
  await refill(graph, [
    scan,
    trafficWindow(minute(0), minute(1), [], known),
    trafficWindow(minute(1), minute(2), [], later),
  ]);
  const answer = await askGraph(graph, 'denied', {}, { since: iso(1) });
  expect(columns(answer, 'caller', 'callee', 'port', 'verdict', 'policy', 'count', 'unit', 'novelty')).toEqual([
    ['shop/web', 'shop/books', 8080, 'rateLimited', 'httplocalratelimitpolicy/rl', 6, 'requests', 'new'],
    ['unauthenticated', 'legacy/inventory', 8080, 'denied', 'default/all-unauthenticated', 5, 'requests', 'new'],
    ['shop/web', 'shop/books', 8080, 'terminated', 'default/all-unauthenticated', 4, 'connections', 'new'],
    ['shop/web', 'shop/books', 8080, 'denied', 'server/books-http, HTTPRoute/books-read', 3, 'requests', 'known'],
    ['shop/web', 'shop/books', 9090, 'denied', 'server/books-http, HTTPRoute/books-read', 3, 'requests', 'new'],
  ]);
});

test('egress its own proxy refuses is told by the network that forbids it; a Service without endpoints is no denial', async () => {
  const network = { namespace: 'shop', name: 'no-egress' };
  const notSent = { tls: 'not_sent', refused: 7, outcomes: { 403: 7 } };
  await refill(graph, [
    scan,
    trafficWindow(minute(0), minute(1), [
      call('shop/web', { type: 'egressNetwork', ...network }, 7, { ...notSent, egressNetwork: network, port: 80 }),
      call('shop/web', { type: 'service', namespace: 'shop', name: 'books-svc' }, 7, notSent),
      call('shop/web', { type: 'external', address: '203.0.113.1' }, 7, { egressNetwork: network }),
    ]),
  ]);
  const answer = await askGraph(graph, 'denied');
  expect(columns(answer, 'caller', 'callee', 'verdict', 'policy', 'count')).toEqual([
    ['shop/web', 'shop/no-egress', 'refused', 'egressnetwork/shop/no-egress', 7],
  ]);
});

test('what was let in is not told', async () => {
  const letIn = [arrival('shop/web', 'shop/books', 'allowed', 1), arrival('shop/web', 'shop/books', 'audited', 1)];
  await refill(graph, [scan, trafficWindow(minute(0), minute(1), [], letIn)]);
  expect((await askGraph(graph, 'denied')).rows).toEqual([]);
});

test('an identity that several workloads carry names them all', async () => {
  const shared = clusterScan(minute(0), {
    workloads: { 'shop/a': { account: 'shop/default' }, 'shop/b': { account: 'shop/default' }, 'shop/books': {} },
  });
  const window = trafficWindow(minute(0), minute(1), [], [arrival('shop/default', 'shop/books', 'denied', 1)]);
  await refill(graph, [shared, window]);
  expect(columns(await askGraph(graph, 'denied'), 'caller')).toEqual([['shop/a, shop/b']]);
});
