import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from './build-graph.ts';
import { evaluate } from './judge.ts';
import { arrival, call, clusterScan, healthy, mesh, minute, start, trafficWindow } from './small-mesh.ts';

/** The usual mesh, a control plane, and pods that nobody expects to have a proxy. */
const scanned = clusterScan(start, {
  ...mesh,
  namespaces: { ...mesh.namespaces, linkerd: { labels: ['linkerd.io/is-control-plane=true'] } },
  workloads: {
    ...mesh.workloads,
    'linkerd/identity': { pods: [{ name: 'identity-1' }] },
    'shop/done': { pods: [{ name: 'done-1', meshed: false, props: { phase: 'Succeeded' } }] },
    'shop/agent': { pods: [{ name: 'agent-1', meshed: false, props: { unmeshedReason: 'host network' } }] },
  },
});
/** To itself, to the control plane, and one that was turned away. */
const more = trafficWindow(
  minute(7),
  minute(8),
  [call('shop/web', 'shop/books', 1, { port: 9999, tls: 'no_identity', noTlsReason: 'loopback' })],
  [arrival('shop/web', 'linkerd/identity', 'allowed', 1), arrival(null, 'shop/books', 'denied', 2)],
);
const parameters = { learning: 60_000 };

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await refill(graph, [scanned, healthy, more, trafficWindow(minute(9), minute(10), [])]);
});
afterAll(() => graph?.close());

test.each([
  // web called books and inventory; only books has a proxy, and a call to oneself crosses nothing.
  ['plaintext-between-meshed', 1],
  // web at books, web at the control plane, nobody at books.
  ['denied-arrivals', 3],
  // web at two ports of books and at inventory.
  ['call-to-service-without-workload', 3],
  // Only books let somebody in, the control plane aside.
  ['unauthenticated-arrivals', 1],
  // web and books.
  ['meshed-namespace-unmeshed-pod', 2],
  // web to books and to inventory; nobody to books, whom no proxy here speaks for.
  ['first-time-caller', 3],
])('%s says of how many things its violations are some', async (id, count) => {
  expect((await evaluate(graph, id, { parameters })).population?.count).toBe(count);
});

test.each([
  'plaintext-between-meshed',
  'denied-arrivals',
  'call-to-service-without-workload',
  'unauthenticated-arrivals',
  'first-time-caller',
])('%s counts nothing that was over before the period', async (id) => {
  const none = { count: 0 };
  expect((await evaluate(graph, id, { parameters, since: minute(9) })).population).toMatchObject(none);
});
