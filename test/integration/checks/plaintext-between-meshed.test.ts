import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge } from './judge.ts';
import { call, clusterScan, healthy, keyOf, mesh, minute, scan, start, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const plain = { tls: 'no_identity', noTlsReason: 'not_provided_by_service_discovery', port: 9000 };
const window = (from: number, requests: number) =>
  trafficWindow(from, from + 60_000, [call('shop/web', 'shop/books', requests, plain)]);

test('finds a plain-text call to a workload with proxies, with its reason', async () => {
  const { findings } = await judge(graph, 'plaintext-between-meshed', [scan, healthy, window(minute(6), 4)]);
  expect(findings.map(({ message }) => message)).toEqual([
    'shop/web called shop/books:9000 4 times without mutual TLS (not_provided_by_service_discovery), last 2026-11-23T17:07:00Z',
  ]);
  expect(findings[0]?.about).toEqual([
    { label: 'Workload', key: keyOf('Deployment', 'shop/web') },
    { label: 'Workload', key: keyOf('Deployment', 'shop/books') },
  ]);
});

test('counts exactly the windows of the period, also where one relationship holds more of them', async () => {
  const windows = [1, 2, 3, 4, 5].map((n) => window(minute(n), 10 ** n));
  await judge(graph, 'plaintext-between-meshed', [scan, ...windows]);
  const { findings } = await evaluate(graph, 'plaintext-between-meshed', { since: minute(2), at: minute(4) });
  expect(findings[0]?.row).toMatchObject({ count: 1_100, first: minute(2), last: minute(4) });
});

test('does not blame a call that was made before the called workload was meshed', async () => {
  const before = clusterScan(start, {
    ...mesh,
    workloads: { ...mesh.workloads, 'shop/books': { pods: [{ name: 'books-0', meshed: false }] } },
  });
  const after = clusterScan(minute(8), mesh);
  const { status } = await judge(graph, 'plaintext-between-meshed', [
    before,
    window(minute(5), 4),
    after,
    { ...healthy, ...{ id: 'w9', at: minute(10), window: { from: minute(9), to: minute(10) } } },
  ]);
  expect(status).toBe('clean');
});

test.each([
  ['9000', true],
  ['25, 8999-9001', true],
  ['90,9001', false],
])('says whether the called pods skip the port: %s', async (ports, skips) => {
  const props = { annotations: [`config.linkerd.io/skip-inbound-ports=${ports}`] };
  const books = { 'shop/books': { pods: [{ name: 'books-1', props }] } };
  const state = clusterScan(start, { ...mesh, workloads: { ...mesh.workloads, ...books } });
  const { findings } = await judge(graph, 'plaintext-between-meshed', [state, window(minute(6), 4)]);
  expect(findings.map(({ message }) => message.includes(': the port is in its skip-inbound-ports, last'))).toEqual([
    skips,
  ]);
});
