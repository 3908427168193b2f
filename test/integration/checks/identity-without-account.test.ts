import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { arrival, clusterScan, identityOf, mesh, minute, start, trafficWindow } from './small-mesh.ts';
import { facts, ownCluster } from './small-policy.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'identity-without-account';
const parameters = { grace: 60_000 };
const state = clusterScan(start, { ...mesh, more: ownCluster() });
const arrives = (account: string, n = 5) =>
  trafficWindow(minute(n), minute(n + 1), [], [arrival(account, 'shop/books', 'allowed', 4)]);
const judged = async (...observations: Parameters<typeof judge>[2]) =>
  judge(graph, check, observations, { parameters });
const without = (at: number) => {
  const { 'shop/web': _, ...workloads } = mesh.workloads!;
  return clusterScan(at, { ...mesh, workloads, more: ownCluster() });
};

test('finds an identity that no ServiceAccount ever had', async () => {
  expect(messagesOf(await judged(state, arrives('shop/ghost')))).toEqual([
    'ghost.shop.serviceaccount.identity.linkerd.cluster.local arrived 4 times at shop/books:8080, last 2026-11-23T17:06:00Z, ' +
      'but no ServiceAccount was ever seen to have it',
  ]);
});

test('finds an identity whose ServiceAccount is gone, once the grace is over, and counts from then', async () => {
  const observations = [
    state,
    arrives('shop/web', 1),
    without(minute(2)),
    arrives('shop/web', 2),
    arrives('shop/web', 6),
  ];
  expect(messagesOf(await judged(...observations))).toEqual([
    'web.shop.serviceaccount.identity.linkerd.cluster.local arrived 4 times at shop/books:8080, last 2026-11-23T17:07:00Z, ' +
      'but its ServiceAccount is gone since 2026-11-23T17:02:00Z',
  ]);
  expect((await evaluate(graph, check, { parameters, at: minute(4) })).findings).toEqual([]);
  expect((await evaluate(graph, check, { parameters: { grace: 10 * 60_000 } })).findings).toEqual([]);
});

test('is silent about live ServiceAccounts and about other trust domains', async () => {
  expect((await judged(state, arrives('shop/web'))).status).toBe('clean');
  const foreign = {
    ...arrival('shop/web', 'shop/books', 'allowed', 4),
    identity: 'web.shop.serviceaccount.identity.linkerd.west.local',
  };
  expect((await judged(state, trafficWindow(minute(5), minute(6), [], [foreign]))).status).toBe('clean');
});

test('is silent about an identity of another cluster that shares the trust domain', async () => {
  const name = identityOf('shop/ghost');
  const west = clusterScan(start, {
    families: ['cluster', 'identities', 'serviceaccounts'],
    more: facts({
      entities: [
        { label: 'Cluster', family: 'cluster', key: 'west', props: { name: 'west' } },
        { label: 'Identity', family: 'identities', key: `west/Identity/${name}`, props: { name, form: 'dns' } },
        {
          label: 'ServiceAccount',
          family: 'serviceaccounts',
          key: 'west/shop/ServiceAccount/ghost',
          props: { namespace: 'shop', name: 'ghost' },
        },
      ],
      relations: [
        {
          type: 'HAS_IDENTITY',
          family: 'identities',
          from: { label: 'ServiceAccount', key: 'west/shop/ServiceAccount/ghost' },
          to: { label: 'Identity', key: `west/Identity/${name}` },
          props: {},
        },
      ],
    }),
  });
  const other = { ...west, cluster: 'west', id: 'west/cluster/1' };
  expect((await judged(state, other, arrives('shop/ghost'))).status).toBe('clean');
});

test('speaks of the period only', async () => {
  await judged(state, arrives('shop/ghost'), trafficWindow(minute(9), minute(10), []));
  expect((await evaluate(graph, check, { parameters, since: minute(6) })).status).toBe('clean');
  expect((await evaluate(graph, check, { parameters, at: minute(5) })).findings).toEqual([]);
});
