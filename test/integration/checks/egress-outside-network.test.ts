import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { call, clusterScan, entity, mesh, minute, start, trafficWindow } from './small-mesh.ts';
import { facts, ownCluster } from './small-policy.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'egress-outside-network';
const network = {
  entities: [entity('EgressNetwork', 'egressnetworks.policy.linkerd.io', 'legacy/partners')],
  relations: [],
};
const state = clusterScan(start, { ...mesh, more: facts(ownCluster(), network) });
const out = (address: string, more = {}, requests = 4) =>
  call('shop/web', { type: 'external', address }, requests, { tls: 'no_identity', port: 443, ...more });
const window = (...calls: ReturnType<typeof out>[]) => trafficWindow(minute(5), minute(6), calls);
const status = async (...observations: Parameters<typeof judge>[2]) => (await judge(graph, check, observations)).status;

test('finds once a caller what left the cluster through no EgressNetwork', async () => {
  const calls = [out('203.0.113.10'), out('11.0.0.1', { protocol: 'tcp', connections: 2 }, 0), out('api.example.com')];
  expect(messagesOf(await judge(graph, check, [state, window(...calls)]))).toEqual([
    'shop/web called 11.0.0.1:443, 203.0.113.10:443, api.example.com:443 outside the cluster 10 times through no EgressNetwork, last 2026-11-23T17:06:00Z',
  ]);
});

test('names no more than five addresses', async () => {
  const calls = [1, 2, 3, 4, 5, 6, 7].map((n) => out(`203.0.113.${n}`));
  const [message] = messagesOf(await judge(graph, check, [state, window(...calls)]));
  expect(message).toContain('203.0.113.5:443 and 2 more outside');
});

test.each([
  ['went through an EgressNetwork', out('203.0.113.10', { egressNetwork: { namespace: 'shop', name: 'all' } })],
  ['stayed inside the cluster networks', out('10.255.255.255')],
  ['stayed inside by IPv6', out('fd00::1')],
])('is silent about what %s', async (_, one) => {
  expect(await status(state, window(one))).toBe('clean');
});

test('is silent where no EgressNetwork says that egress is governed, or none any more', async () => {
  const none = (at: number) => clusterScan(at, { ...mesh, more: ownCluster() });
  expect(await status(none(start), window(out('203.0.113.10')))).toBe('clean');
  expect(await status(state, none(minute(3)), window(out('203.0.113.10')))).toBe('clean');
});

test.each(['linkerd.io/is-control-plane=true', 'linkerd.io/extension=viz'])(
  'leaves out a namespace with %s',
  async (label) => {
    const system = clusterScan(start, {
      ...mesh,
      namespaces: { shop: { labels: [label] } },
      more: facts(ownCluster(), network),
    });
    expect(await status(system, window(out('203.0.113.10')))).toBe('clean');
  },
);

test('speaks of the period only', async () => {
  await judge(graph, check, [state, window(out('203.0.113.10')), trafficWindow(minute(9), minute(10), [])]);
  expect((await evaluate(graph, check, { since: minute(6) })).status).toBe('clean');
  expect((await evaluate(graph, check, { at: minute(5) })).findings).toEqual([]);
});

test('is silent about the time before egress was governed', async () => {
  const before = clusterScan(start, { ...mesh, more: ownCluster() });
  const after = { ...state, at: minute(8), readAt: minute(8), id: 'test/cluster/later' };
  await judge(graph, check, [before, window(out('203.0.113.10')), after, trafficWindow(minute(9), minute(10), [])]);
  expect((await evaluate(graph, check, { at: minute(7) })).status).toBe('clean');
  expect((await evaluate(graph, check)).status).toBe('violated');
});
