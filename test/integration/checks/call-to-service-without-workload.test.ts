import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge } from './judge.ts';
import { call, clusterScan, mesh, minute, start, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const lost = { type: 'service', namespace: 'shop', name: 'books-svc' } as const;
const refused = (requests: number) =>
  call('shop/web', lost, requests, { refused: requests, tls: 'not_sent', outcomes: { FAIL_FAST: requests } });
const window = trafficWindow(minute(5), minute(6), [refused(6)]);
const withBooks = (ready: boolean) =>
  clusterScan(start, {
    ...mesh,
    workloads: { ...mesh.workloads, 'shop/books': { pods: [{ name: 'books-1', ready }] } },
  });
const messages = async (...observations: Observation[]) =>
  (await judge(graph, 'call-to-service-without-workload', observations)).findings.map(({ message }) => message);

test('finds callers of a Service whose pods are all unready', async () => {
  expect(await messages(withBooks(false), window)).toEqual([
    'shop/web called Service shop/books-svc:8080 6 times, behind which no pod of shop/books is ready, last 2026-11-23T17:06:00Z',
  ]);
});

test('finds callers of a Service that selects nothing, and of one that does not exist', async () => {
  const empty = clusterScan(start, { ...mesh, services: { 'shop/books-svc': { selects: [] } } });
  expect(await messages(empty, window)).toEqual([expect.stringContaining('whose selector matches no workload')]);
  expect(await messages(clusterScan(start, { ...mesh, services: {} }), window)).toEqual([
    expect.stringContaining('which does not exist'),
  ]);
});

test('is quiet again once a pod is ready, and as of before still finds it', async () => {
  const recovered = { ...withBooks(true), id: 'later', at: minute(8), readAt: minute(8) };
  expect(await messages(withBooks(false), window, recovered)).toEqual([]);
  const before = await evaluate(graph, 'call-to-service-without-workload', { at: minute(7) });
  expect(before.findings).toHaveLength(1);
});

test.each([{ selector: [] }, { type: 'ExternalName' }, { mirrorOf: 'books.shop@west' }])(
  'leaves out Services that no pod of this cluster is meant to serve: %o',
  async (props) => {
    const service = clusterScan(start, { ...mesh, services: { 'shop/books-svc': { selects: [], props } } });
    expect(await messages(service, window)).toEqual([]);
  },
);
