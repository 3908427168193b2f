import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { arrival, call, clusterScan, mesh, minute, scan, start, trafficWindow } from './small-mesh.ts';
import { server } from './small-policy.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'opaque-port-speaks-http';
const quiet = trafficWindow(minute(5), minute(6), []);

const withServer = (opaque: string, protocol: string, port = '8080', meshed = true, at = start) => {
  const props = {
    annotations: [`config.linkerd.io/opaque-ports=${opaque}`],
    ports: ['http:8080/TCP', 'admin:9990/TCP'],
  };
  const books = { pods: [{ name: 'books-1', meshed, props }] };
  const more = server('shop/books-http', ['shop/books'], { proxyProtocol: protocol, port });
  return clusterScan(at, { ...mesh, workloads: { ...mesh.workloads, 'shop/books': books }, more });
};

test.each([
  ['3306,8080', 'HTTP/1', '8080'],
  ['3306, 8000-8100', 'HTTP/2', '8080'],
  ['8080', 'gRPC', 'http'],
])('finds opaque ports %s where a Server says %s for port %s', async (opaque, protocol, port) => {
  expect(messagesOf(await judge(graph, check, [withServer(opaque, protocol, port), quiet]))).toEqual([
    'shop/books:8080 is an opaque port of its pods, but Server books-http expects HTTP there: every meshed call is closed',
  ]);
});

test.each([
  ['another port', withServer('3306', 'HTTP/1')],
  ['a port beside the range', withServer('8081-8090,1-8079', 'HTTP/1')],
  ['a Server that detects', withServer('8080', 'unknown')],
  ['an opaque Server', withServer('8080', 'opaque')],
  ['another port of that name', withServer('8080', 'HTTP/1', 'admin')],
  ['pods without proxy', withServer('8080', 'HTTP/1', '8080', false)],
])('is silent about %s', async (_, state) => {
  expect((await judge(graph, check, [state, quiet])).status).toBe('clean');
});

test('judges pods and Servers as of the instant', async () => {
  const mended = withServer('3306', 'HTTP/1', '8080', true, minute(3));
  const restarted = JSON.parse(JSON.stringify(mended).replaceAll('books-1', 'books-2'));
  await judge(graph, check, [withServer('8080', 'HTTP/1'), restarted, quiet]);
  expect((await evaluate(graph, check)).status).toBe('clean');
  expect((await evaluate(graph, check, { at: minute(2) })).findings).toEqual([]);
  const gone = { ...scan, at: minute(3), readAt: minute(3), id: 'test/cluster/later' };
  expect((await judge(graph, check, [withServer('8080', 'HTTP/1'), gone, quiet])).status).toBe('clean');
});

const spoken = (from: object, arrivals: readonly object[]) =>
  trafficWindow(
    minute(5),
    minute(6),
    [call('shop/web', 'shop/books', 10, from)],
    arrivals.map((more) => arrival('shop/web', 'shop/books', 'allowed', 3, more)),
  );

test('finds calls with HTTP of which the called side saw nothing but bytes', async () => {
  const window = spoken({ protocol: 'grpc' }, [{ protocol: 'tcp' }]);
  expect(messagesOf(await judge(graph, check, [scan, window]))).toEqual([
    'shop/web called shop/books:8080 with HTTP, but its proxies saw nothing but bytes: no route and no rate limit holds there',
  ]);
  expect((await evaluate(graph, check, { since: minute(6), at: minute(9) })).findings).toEqual([]);
});

test.each([
  ['both sides speak HTTP', spoken({}, [{}])],
  ['both sides speak bytes', spoken({ protocol: 'tcp' }, [{ protocol: 'tcp' }])],
  ['HTTP arrived as well', spoken({}, [{ protocol: 'tcp' }, {}])],
  ['bytes came to another port', spoken({}, [{ protocol: 'tcp', port: 3306 }])],
  ['the bytes were denied', spoken({}, [{ protocol: 'tcp', verdict: 'denied' }])],
  ['the call was not mutual TLS', spoken({ tls: 'no_identity' }, [{ protocol: 'tcp' }])],
])('is silent where %s', async (_, window) => {
  expect((await judge(graph, check, [scan, window])).status).toBe('clean');
});

test('HTTP on another port does not make up for bytes on this one', async () => {
  const window = spoken({}, [{ protocol: 'tcp' }, { port: 9990 }]);
  expect((await judge(graph, check, [scan, window])).findings).toHaveLength(1);
});

test('is silent about the time before the Server selected the pods, and before the pods were there', async () => {
  const before = { ...mesh, workloads: { ...mesh.workloads, 'shop/books': { pods: [] } } };
  const { entities, relations, ...rest } = withServer('8080', 'HTTP/1', '8080', true, minute(5));
  const unselected = { ...withServer('8080', 'HTTP/1'), relations: relations.filter(({ type }) => type !== 'SELECTS') };
  for (const first of [
    unselected,
    clusterScan(start, { ...before, more: server('shop/books-http', ['shop/books'], { proxyProtocol: 'HTTP/1' }) }),
  ]) {
    await judge(graph, check, [
      first,
      { ...rest, entities, relations },
      quiet,
      trafficWindow(minute(3), minute(4), []),
    ]);
    expect((await evaluate(graph, check, { at: minute(4) })).status).toBe('clean');
    expect((await evaluate(graph, check)).status).toBe('violated');
  }
});

test('is silent once the Server selects the pods no longer', async () => {
  const before = withServer('8080', 'HTTP/1');
  const relations = before.relations.filter(({ type }) => type !== 'SELECTS');
  const later = { ...before, relations, at: minute(4), readAt: minute(4), id: 'test/cluster/later' };
  expect((await judge(graph, check, [before, later, quiet])).status).toBe('clean');
});
