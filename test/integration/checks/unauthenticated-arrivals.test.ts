import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { judge } from './judge.ts';
import { arrival, clusterScan, keyOf, mesh, minute, scan, start, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const window = (more = {}) =>
  trafficWindow(minute(5), minute(6), [], [arrival(null, 'shop/books', 'allowed', 9, more)]);

test('finds what was let in without identity, and by what', async () => {
  const { findings } = await judge(graph, 'unauthenticated-arrivals', [scan, window()]);
  expect(findings.map(({ message }) => message)).toEqual([
    'shop/books:8080 let in 9 unauthenticated arrivals by default/all-unauthenticated, last 2026-11-23T17:06:00Z',
  ]);
});

const entity = (label: string, name: string, kind: string) => ({
  label,
  family: 'policy',
  key: keyOf(kind, `shop/${name}`),
  props: { namespace: 'shop', name, kind },
});
const probeRoute = (authenticationKind: string) => {
  const [policy, route, authentication] = [
    entity('AuthorizationPolicy', 'probes', 'AuthorizationPolicy'),
    entity('Route', 'healthz', 'HTTPRoute'),
    entity('Authentication', 'anywhere', authenticationKind),
  ];
  const relate = (type: string, to: { label: string; key: string }) => ({
    type,
    family: 'policy',
    from: { label: policy.label, key: policy.key },
    to: { label: to.label, key: to.key },
    props: {},
  });
  const more = {
    entities: [policy, route, authentication],
    relations: [relate('TARGETS', route), relate('REQUIRES', authentication)],
  };
  return clusterScan(start, { ...mesh, more, families: [...scan.coverage.families, 'policy'] });
};
const byPolicy = { authorization: { kind: 'authorizationpolicy', name: 'probes' } };

test('leaves out own probes: a route that only a NetworkAuthentication opens', async () => {
  const probes = await judge(graph, 'unauthenticated-arrivals', [
    probeRoute('NetworkAuthentication'),
    window(byPolicy),
  ]);
  expect(probes.status).toBe('clean');
  const others = await judge(graph, 'unauthenticated-arrivals', [
    probeRoute('MeshTLSAuthentication'),
    window(byPolicy),
  ]);
  expect(others.findings).toHaveLength(1);
});

test.each(['linkerd.io/is-control-plane=true', 'linkerd.io/extension=viz'])(
  'leaves out a namespace with %s',
  async (label) => {
    const system = clusterScan(start, { ...mesh, namespaces: { shop: { labels: [label] } } });
    expect((await judge(graph, 'unauthenticated-arrivals', [system, window()])).status).toBe('clean');
  },
);

test('cannot judge while the policies could not be read: probes would look like intruders', async () => {
  const blind = clusterScan(start, { ...mesh, families: ['namespaces', 'pods', 'workloads'] });
  expect(await judge(graph, 'unauthenticated-arrivals', [blind, window()])).toMatchObject({ status: 'unknown' });
});
