import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { FAMILIES } from '../../../shared/kubernetes/families.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { clusterScan, mesh, minute, scan, trafficWindow } from '../checks/small-mesh.ts';
import { askGraph, columns } from './ask-graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const iso = (n: number): string => new Date(minute(n)).toISOString();

/** All proxies of the small mesh, each scraped. */
const SCRAPES = [{ namespace: 'shop', proxies: 2, silent: 0, scrapes: 12, failedScrapes: 0 }];
const window = (n: number, coverage: Partial<TrafficObservation['coverage']> = {}): TrafficObservation => {
  const observation = trafficWindow(minute(n), minute(n + 1), []);
  return { ...observation, coverage: { ...observation.coverage, scrapes: SCRAPES, ...coverage } };
};
const told = async (period: { since: string; at?: string }) =>
  columns(await askGraph(graph, 'coverage', {}, period), 'source', 'state', 'what', 'from', 'to', 'detail');

test('windows are told as stretches: watched, read in part and why, and unwatched', async () => {
  const partial = { complete: false, notes: ['namespace shop has too many series'] };
  await refill(graph, [scan, window(0), window(1), window(2, partial), window(3, partial), window(6)]);
  const { rows, summary } = await askGraph(graph, 'coverage', {}, { since: iso(-2), at: iso(8) });
  expect(rows.map(({ source, state, what, from, to, detail }) => [source, state, what, from, to, detail])).toEqual([
    ['traffic', 'unwatched', 'windows', minute(-2), minute(0), '2m'],
    ['traffic', 'watched', 'windows', minute(0), minute(2), '2m, 2 windows'],
    ['traffic', 'in part', 'windows', minute(2), minute(4), '2m, 2 windows, namespace shop has too many series'],
    ['traffic', 'unwatched', 'windows', minute(4), minute(6), '2m'],
    ['traffic', 'watched', 'windows', minute(6), minute(7), '1m, 1 window'],
    ['traffic', 'unwatched', 'windows', minute(7), minute(8), '1m'],
    ['cluster', 'read', 'scans', minute(0), minute(0), '1 scan, at most 8m without one'],
  ]);
  expect(summary).toBe('not all was watched: 3 gaps, 1 stretch read in part');
});

test('a window read again, whole, is whole', async () => {
  const again = { ...window(0), id: 'test/traffic/again', readAt: minute(2) };
  await refill(graph, [scan, window(0, { complete: false }), again]);
  expect(await told({ since: iso(0), at: iso(1) })).toEqual([
    ['traffic', 'watched', 'windows', minute(0), minute(1), '1m, 1 window'],
    ['cluster', 'read', 'scans', minute(0), minute(0), '1 scan, at most 1m without one'],
  ]);
});

test('a fact family the newest scan could not read is unread since it last was, for want of its kinds', async () => {
  const without = Object.keys(FAMILIES).filter((family) => family !== 'services');
  const forbidden = clusterScan(minute(2), { ...mesh, families: without });
  const kinds = { services: { status: 'forbidden' as const, objects: 0, message: 'services is forbidden' } };
  const observation = { ...forbidden, coverage: { ...forbidden.coverage, kinds } };
  await refill(graph, [scan, window(0), observation, window(2)]);
  expect((await told({ since: iso(2), at: iso(3) })).filter(([, state]) => state === 'unread')).toEqual([
    ['cluster', 'unread', 'services', minute(0), minute(3), 'services forbidden: services is forbidden'],
  ]);
  expect((await told({ since: iso(0), at: iso(1) })).filter(([, state]) => state === 'unread')).toEqual([]);
});

test('without any scan of the cluster that is said, and one long ago is too', async () => {
  await refill(graph, [window(0)]);
  expect((await told({ since: iso(0) })).at(-1)).toEqual([
    'cluster',
    'unwatched',
    'scans',
    null,
    minute(1),
    'the cluster was never read',
  ]);
  await refill(graph, [scan, window(30)]);
  expect((await told({ since: iso(30) })).at(1)).toEqual([
    'cluster',
    'unwatched',
    'scans',
    minute(30),
    minute(31),
    'the newest scan is 31m old',
  ]);
});

test('pods with a proxy that Prometheus does not see are told by namespace, as of the newest window', async () => {
  const silent = [{ namespace: 'shop', proxies: 2, silent: 1, scrapes: 6, failedScrapes: 6 }];
  const unseen = async () =>
    (await told({ since: iso(0) }))
      .filter(([, state]) => state === 'unseen')
      .map(([, , what, from, to, detail]) => [what, from, to, detail]);
  await refill(graph, [scan, window(0, { scrapes: silent }), window(1)]);
  expect(await unseen()).toEqual([]);
  await refill(graph, [scan, window(0), window(1, { scrapes: silent })]);
  expect(await unseen()).toEqual([['shop', minute(1), minute(2), '1 of 2 proxies gave no sample']]);
  await refill(graph, [scan, window(1, { scrapes: [] })]);
  expect(await unseen()).toEqual([['shop', minute(1), minute(2), '2 of 2 pods with a proxy are not scraped']]);
});

test('where all was watched that is said', async () => {
  await refill(graph, [scan, window(0), window(1)]);
  expect((await askGraph(graph, 'coverage', {}, { since: iso(0) })).summary).toBe('everything was watched');
});
