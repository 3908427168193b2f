import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Arrival } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { arrival, clusterScan, mesh, minute, scan, start, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'admitted-by-default-only';
const byDefault = (name: string, account: string | null = 'shop/web', to = 'shop/books') =>
  arrival(account, to, 'allowed', 10, { authorization: { kind: 'default', name } });
const window = (...arrivals: Arrival[]) => trafficWindow(minute(5), minute(6), [], arrivals);

test('tells once a namespace and default which ports nothing else guards', async () => {
  const arrivals = [
    byDefault('all-unauthenticated'),
    byDefault('all-unauthenticated', 'legacy/inventory'),
    byDefault('all-unauthenticated', 'shop/books', 'shop/web'),
    byDefault('cluster-authenticated', 'shop/web', 'legacy/inventory'),
  ];
  expect(messagesOf(await judge(graph, check, [scan, window(...arrivals)]))).toEqual([
    'in namespace shop 3 identities were let in to books:8080, web:8080 by the default policy all-unauthenticated alone, 30 times, last 2026-11-23T17:06:00Z',
    'in namespace legacy 1 identity was let in to inventory:8080 by the default policy cluster-authenticated alone, 10 times, last 2026-11-23T17:06:00Z',
  ]);
});

test('counts every default of a namespace in its population', async () => {
  const arrivals = [byDefault('all-unauthenticated'), byDefault('cluster-authenticated')];
  const { findings, population } = await judge(graph, check, [scan, window(...arrivals)]);
  expect([findings.length, population?.count]).toEqual([2, 2]);
});

test.each([
  [
    'a policy admitted',
    arrival('shop/web', 'shop/books', 'allowed', 9, {
      authorization: { kind: 'authorizationpolicy', name: 'all-web' },
    }),
  ],
  ['a probe is', byDefault('probe')],
  ['has a check of its own: without identity', byDefault('all-unauthenticated', null)],
  ['has a check of its own: audited', { ...byDefault('all-unauthenticated'), verdict: 'audited' as const }],
])('leaves out what %s', async (_, row) => {
  expect((await judge(graph, check, [scan, window(row)])).status).toBe('clean');
});

test.each(['linkerd.io/is-control-plane=true', 'linkerd.io/extension=viz'])(
  'leaves out a namespace with %s',
  async (label) => {
    const system = clusterScan(start, { ...mesh, namespaces: { shop: { labels: [label] } } });
    expect((await judge(graph, check, [system, window(byDefault('all-unauthenticated'))])).status).toBe('clean');
  },
);

test('speaks of the period only', async () => {
  await judge(graph, check, [scan, window(byDefault('all-unauthenticated')), trafficWindow(minute(9), minute(10), [])]);
  expect((await evaluate(graph, check, { since: minute(6) })).status).toBe('clean');
  expect((await evaluate(graph, check, { at: minute(5) })).findings).toEqual([]);
});
