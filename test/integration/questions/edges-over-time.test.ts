import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { arrival, call, clusterScan, mesh, minute, scan, trafficWindow } from '../checks/small-mesh.ts';
import { askGraph, columns } from './ask-graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const iso = (n: number): string => new Date(minute(n)).toISOString();
const known = call('shop/web', 'shop/books', 1);
const window = (n: number, calls = [known], arrivals: Parameters<typeof trafficWindow>[3] = [], complete = true) =>
  trafficWindow(minute(n), minute(n + 1), calls, arrivals, complete);

const NEW = ['first', 'caller', 'callee', 'ports', 'count', 'before', 'released'] as const;
const QUIET = ['last', 'caller', 'callee', 'watched', 'callerNow', 'calleeNow'] as const;

test('a first call is told with what was released at either end by the scan after it', async () => {
  const { 'shop/web': web, 'shop/books': books } = mesh.workloads!;
  const released = clusterScan(minute(5), {
    ...mesh,
    workloads: { 'shop/web': { pods: [...web!.pods!, { name: 'web-2' }] }, 'shop/books': books!, 'shop/new': {} },
  });
  const later = clusterScan(minute(8), {
    ...mesh,
    workloads: { 'shop/web': { pods: [{ name: 'web-3' }] }, 'shop/books': books!, 'shop/new': {} },
  });
  const fresh = [known, call('shop/new', 'shop/web', 2), call('shop/new', 'shop/web', 3, { port: 9090 })];
  await refill(graph, [scan, window(0), window(3), window(4, fresh), released, window(7, fresh), later]);
  expect(columns(await askGraph(graph, 'new-edges'), ...NEW)).toEqual([
    [
      minute(4),
      'shop/new',
      'shop/web',
      ['8080', '9090'],
      10,
      'nothing',
      ['shop/new appeared', 'shop/web: new pod web-2'],
    ],
  ]);
  const near = await askGraph(graph, 'new-edges', { around: '0s' });
  expect(columns(near, 'released')).toEqual([[['shop/new appeared', 'shop/web: new pod web-2']]]);
});

test('a period that begins after the first call knows the pair; one that ends before it does not tell it', async () => {
  const told = async (since: number, at: number) =>
    columns(await askGraph(graph, 'new-edges', {}, { since: iso(since), at: iso(at) }), 'first', 'count');
  expect(await told(5, 8)).toEqual([]);
  expect(await told(0, 4)).toEqual([]);
  expect(await told(4, 5)).toEqual([[minute(4), 5]]);
});

test('what called when watching began is not new, which is said', async () => {
  await refill(graph, [scan, window(0), window(1)]);
  const answer = await askGraph(graph, 'new-edges');
  expect(answer.rows).toEqual([]);
  expect(answer.summary).toContain(`what called when watching began, at ${iso(0).replace('.000', '')}, is not told`);
});

test('after a gap, or a window read only in part, nobody knows whether it called before', async () => {
  const fresh = [known, call('shop/books', 'shop/web', 1)];
  await refill(graph, [scan, window(0), window(4, fresh)]);
  expect(columns(await askGraph(graph, 'new-edges'), 'before')).toEqual([['unknown']]);
  await refill(graph, [scan, window(0), window(1, [], [], false), window(2, fresh)]);
  expect(columns(await askGraph(graph, 'new-edges'), 'before')).toEqual([['unknown']]);
});

test('a caller without a workload counts by its arrivals, one with a workload by its calls alone', async () => {
  const arrivals = [
    arrival(null, 'shop/books', 'allowed', 3),
    arrival('shop/stranger', 'shop/books', 'denied', 2),
    arrival('shop/web', 'shop/books', 'allowed', 1),
  ];
  await refill(graph, [scan, window(0), window(1, [known], arrivals)]);
  expect(columns(await askGraph(graph, 'new-edges'), 'caller', 'callee', 'count')).toEqual([
    ['stranger.shop.serviceaccount.identity.linkerd.cluster.local', 'shop/books', 2],
    ['unauthenticated', 'shop/books', 3],
  ]);
});

test('a connection opened is a first call as a request is', async () => {
  const tcp = call('shop/books', 'shop/web', 0, { protocol: 'tcp', connections: 4 });
  await refill(graph, [scan, window(0), window(1, [known, tcp])]);
  expect(columns(await askGraph(graph, 'new-edges'), 'count')).toEqual([[4]]);
});

const quiet = async (silent: string, period = {}) =>
  columns(await askGraph(graph, 'quiet-edges', { silent }, period), ...QUIET);

test('a pair is silent once nothing was seen of it for long enough, with what became of its ends', async () => {
  const { 'legacy/inventory': _, ...workloads } = mesh.workloads!;
  const gone = [known, call('shop/web', 'legacy/inventory', 1), call('shop/books', 'shop/web', 1)];
  const later = clusterScan(minute(5.5), { ...mesh, workloads: { ...workloads, 'shop/books': {} } });
  const rest = [2, 3, 4, 5].map((n) => window(n));
  await refill(graph, [scan, window(0), window(1, gone), ...rest, later]);
  expect(await quiet('3m')).toEqual([
    [minute(2), 'shop/books', 'shop/web', '4m', 'without pods', 'there'],
    [minute(2), 'shop/web', 'legacy/inventory', '4m', 'there', 'gone'],
  ]);
  expect(await quiet('5m')).toEqual([]);
  expect(await quiet('3m', { at: iso(5) })).toEqual([
    [minute(2), 'shop/books', 'shop/web', '3m', 'there', 'there'],
    [minute(2), 'shop/web', 'legacy/inventory', '3m', 'there', 'there'],
  ]);
  expect(await quiet('3m', { since: iso(2) })).toEqual([]);
});

test('as of an instant nothing later is known of a pair', async () => {
  await refill(graph, [scan, window(0), ...[1, 2, 3].map((n) => window(n, [])), window(4)]);
  expect(await quiet('2m', { at: iso(4) })).toEqual([[minute(1), 'shop/web', 'shop/books', '3m', 'there', 'there']]);
  expect(await quiet('2m', { at: iso(5) })).toEqual([]);
});

test('silence nobody watched is no silence, and that is said', async () => {
  await refill(graph, [scan, window(0), window(6, [])]);
  const answer = await askGraph(graph, 'quiet-edges', { silent: '3m' });
  expect(answer.rows).toEqual([]);
  expect(answer.summary).toBe(
    '0 pairs are silent for 3m or longer; of 1 more nobody knows, for it was not watched long enough since',
  );
});

test('what still arrives of a caller is not silent, unless others carry its identity', async () => {
  const arrivals = [arrival('shop/web', 'shop/books', 'allowed', 1)];
  const rest = [1, 2, 3, 4].map((n) => window(n, [], arrivals));
  await refill(graph, [scan, window(0), ...rest]);
  expect(await quiet('3m')).toEqual([]);
  const shared = clusterScan(minute(0), {
    workloads: { 'shop/web': { account: 'shop/x' }, 'shop/other': { account: 'shop/x' }, 'shop/books': {} },
  });
  const ofBoth = [arrival('shop/x', 'shop/books', 'allowed', 1)];
  await refill(graph, [shared, window(0), ...[1, 2, 3, 4].map((n) => window(n, [], ofBoth))]);
  expect(await quiet('3m')).toEqual([[minute(1), 'shop/web', 'shop/books', '4m', 'unknown', 'unknown']]);
});

test('a silence as long as the period asked about is refused with what to ask instead', async () => {
  await expect(askGraph(graph, 'quiet-edges', { silent: '7d' })).rejects.toThrow(
    'the period asked about (1d) is no longer than the silence (7d): begin it earlier by since, or ask for a shorter silence',
  );
});
