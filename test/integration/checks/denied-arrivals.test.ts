import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge } from './judge.ts';
import { arrival, minute, scan, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const denied = (account: string | null, more = {}) =>
  arrival(account, 'shop/books', 'denied', 7, {
    server: { kind: 'server', name: 'books-http' },
    route: { kind: 'HTTPRoute', name: 'books-read' },
    ...more,
  });

test('names who was denied, the workloads behind the identity, where and by what', async () => {
  const window = trafficWindow(minute(5), minute(6), [], [denied('shop/web'), denied(null)]);
  const { findings } = await judge(graph, 'denied-arrivals', [scan, window]);
  expect(findings.map(({ message }) => message).sort()).toEqual([
    'an unauthenticated caller was denied 7 times at shop/books:8080 by server/books-http, HTTPRoute/books-read, last 2026-11-23T17:06:00Z',
    'web.shop.serviceaccount.identity.linkerd.cluster.local (shop/web) was denied 7 times at shop/books:8080 by server/books-http, HTTPRoute/books-read, last 2026-11-23T17:06:00Z',
  ]);
});

test('tells a missing route and a cut connection from a denial, and leaves rate limits alone', async () => {
  const arrivals = [
    denied('shop/web', { verdict: 'noRoute', route: undefined }),
    denied('shop/web', { verdict: 'terminated', protocol: 'tcp', port: 3306 }),
    denied('shop/web', { verdict: 'rateLimited' }),
  ];
  const { findings } = await judge(graph, 'denied-arrivals', [scan, trafficWindow(minute(5), minute(6), [], arrivals)]);
  expect(findings.map(({ row }) => [row.verdict, row.port]).sort()).toEqual([
    ['noRoute', 8080],
    ['terminated', 3306],
  ]);
});

test('speaks of the period only', async () => {
  const window = trafficWindow(minute(5), minute(6), [], [denied('shop/web')]);
  await judge(graph, 'denied-arrivals', [scan, window, trafficWindow(minute(9), minute(10), [])]);
  expect(await evaluate(graph, 'denied-arrivals', { since: minute(6), at: minute(10) })).toMatchObject({
    status: 'clean',
  });
});

test('says since when a denial goes on, of the same port, Server, route and verdict only', async () => {
  const at = (n: number, more = {}) => trafficWindow(minute(n), minute(n + 1), [], [denied('shop/web', more)]);
  const others = [
    at(1, { port: 9090 }),
    at(2, { server: { kind: 'server', name: 'other' } }),
    at(3, { route: { kind: 'HTTPRoute', name: 'other' } }),
    at(4, { verdict: 'terminated' }),
  ];
  const last = 'last 2026-11-23T17:08:00Z';
  const told = async (...windows: typeof others) =>
    (await judge(graph, 'denied-arrivals', [scan, ...windows, at(7)], { since: minute(7) })).findings.map(
      ({ message }) => message.slice(message.indexOf('last')),
    );
  expect(await told(...others)).toEqual([last]);
  expect(await told(at(5))).toEqual([`${last}; it goes on since 2026-11-23T17:05:00Z`]);
});

test('leaves out the stray connection of a caller whose requests are let in, and nothing else', async () => {
  const route = undefined;
  const stray = denied('shop/web', { protocol: 'tcp', route, requests: 1 });
  const letIn = (more = {}) =>
    arrival('shop/web', 'shop/books', 'allowed', 100, { server: { kind: 'server', name: 'books-http' }, ...more });
  const found = async (...arrivals: ReturnType<typeof denied>[]) =>
    (await judge(graph, 'denied-arrivals', [scan, trafficWindow(minute(5), minute(6), [], arrivals)])).findings.length;
  expect(await found(stray, letIn())).toBe(0);
  expect(await found(stray, letIn({ requests: 99 }))).toBe(1);
  expect(await found(stray, letIn({ port: 9090 }))).toBe(1);
  expect(await found(stray, letIn({ protocol: 'tcp' }))).toBe(1);
  expect(await found(stray, letIn({ server: { kind: 'server', name: 'other' } }))).toBe(1);
  expect(await found(stray, { ...letIn(), verdict: 'audited' })).toBe(1);
  expect(await found(denied('shop/web', { route, requests: 1 }), letIn())).toBe(1);
  expect(await found({ ...stray, verdict: 'terminated' }, letIn())).toBe(1);
  const at = (n: number, one: ReturnType<typeof denied>) => trafficWindow(minute(n), minute(n + 1), [], [one]);
  const within = { since: minute(60), at: minute(70) };
  expect((await judge(graph, 'denied-arrivals', [scan, at(5, letIn()), at(65, stray)], within)).findings).toHaveLength(
    1,
  );
  expect((await judge(graph, 'denied-arrivals', [scan, at(5, stray), at(65, letIn())])).findings).toHaveLength(1);
});
