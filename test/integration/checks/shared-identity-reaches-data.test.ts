import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { arrival, clusterScan, mesh, minute, start, trafficWindow } from './small-mesh.ts';
import { admits, facts, server, without } from './small-policy.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'shared-identity-reaches-data';
const pods = [{ name: 'web-1' }];
const books = { pods: [{ name: 'books-1' }], holds: 'personal' };
const shared = {
  'shop/web': { pods, account: 'shop/default' },
  'shop/cart': { pods: [{ name: 'cart-1' }], account: 'shop/default' },
};
const state = (workloads: object, at = start, more = facts()) =>
  clusterScan(at, { ...mesh, workloads: { 'shop/books': books, ...workloads }, more });
const window = (verdict: 'allowed' | 'audited' | 'denied' = 'allowed', to = 'shop/books') =>
  trafficWindow(minute(5), minute(6), [], [arrival('shop/default', to, verdict, 9)]);
const quiet = trafficWindow(minute(5), minute(6), []);

test('finds workloads that are one identity and were let in to data', async () => {
  expect(messagesOf(await judge(graph, check, [state(shared), window()]))).toEqual([
    'default.shop.serviceaccount.identity.linkerd.cluster.local is shared by shop/cart, shop/web and was let in to shop/books ' +
      'with personal data: policy cannot tell which of them',
  ]);
  expect((await judge(graph, check, [state(shared), window('audited')])).findings).toHaveLength(1);
});

const guarded = (on: [string, string], more = {}) =>
  facts(
    server('shop/books-http', ['shop/books']),
    admits('shop/books-default', { on, accounts: ['shop/default'], ...more }),
  );
const route = {
  entities: [
    {
      label: 'Route',
      family: 'httproutes.policy.linkerd.io',
      key: 'test/shop/HTTPRoute.policy.linkerd.io/read',
      props: { namespace: 'shop', name: 'read' },
    },
  ],
  relations: [
    {
      type: 'ROUTES',
      family: 'routes/httproutes.policy.linkerd.io',
      from: { label: 'Route', key: 'test/shop/HTTPRoute.policy.linkerd.io/read' },
      to: { label: 'Server', key: 'test/shop/Server/books-http' },
      props: { role: 'parent' },
    },
    {
      type: 'TARGETS',
      family: 'authorizationpolicies/targets',
      from: { label: 'AuthorizationPolicy', key: 'test/shop/AuthorizationPolicy/books-default' },
      to: { label: 'Route', key: 'test/shop/HTTPRoute.policy.linkerd.io/read' },
      props: {},
    },
  ],
};
test.each([
  ['its Server', guarded(['Server', 'shop/books-http'])],
  ['its Server, by identity', guarded(['Server', 'shop/books-http'], { accounts: [], identities: ['shop/default'] })],
  ['a route of its Server', facts(guarded(['Server', 'shop/elsewhere']), server('shop/elsewhere', []), route)],
])('finds them where an authorization on %s names them, though none came yet', async (_, policy) => {
  expect(messagesOf(await judge(graph, check, [state(shared, start, policy), quiet]))).toEqual([
    'default.shop.serviceaccount.identity.linkerd.cluster.local is shared by shop/cart, shop/web and may call shop/books ' +
      'with personal data: policy cannot tell which of them',
  ]);
});

test.each([
  ['has one workload', state({ 'shop/web': shared['shop/web'] }), window()],
  ['has one workload with pods', state({ ...shared, 'shop/cart': { account: 'shop/default' } }), window()],
  ['was denied', state(shared), window('denied')],
  ['came elsewhere', state(shared), window('allowed', 'shop/web')],
])('is silent about an identity that %s', async (_, facts, traffic) => {
  expect((await judge(graph, check, [facts, traffic])).status).toBe('clean');
});

test.each([
  ['the authorization', state(shared)],
  ['the data', state({ ...shared, 'shop/books': { pods: books.pods } }, start, guarded(['Server', 'shop/books-http']))],
  ['the second workload', state({ 'shop/web': shared['shop/web'] }, start, guarded(['Server', 'shop/books-http']))],
])('is silent once %s is gone', async (_, after) => {
  const before = state(shared, start, guarded(['Server', 'shop/books-http']));
  const later = { ...after, at: minute(4), readAt: minute(4), id: 'test/cluster/later' };
  expect((await judge(graph, check, [before, later, quiet])).status).toBe('clean');
  expect((await evaluate(graph, check, { at: minute(3) })).status).not.toBe('clean');
});

test('speaks of the period only', async () => {
  await judge(graph, check, [state(shared), window(), trafficWindow(minute(9), minute(10), [])]);
  expect((await evaluate(graph, check, { since: minute(6) })).status).toBe('clean');
});

test('is silent about the time before it was so', async () => {
  const before = state({ 'shop/web': { pods } });
  const after = state(shared, minute(5), guarded(['Server', 'shop/books-http']));
  await judge(graph, check, [before, after, quiet]);
  expect((await evaluate(graph, check, { at: minute(4) })).findings).toEqual([]);
  expect((await evaluate(graph, check)).findings).toHaveLength(1);
  const noData = state(
    { ...shared, 'shop/books': { pods: books.pods } },
    start,
    guarded(['Server', 'shop/books-http']),
  );
  await judge(graph, check, [noData, after, quiet]);
  expect((await evaluate(graph, check, { at: minute(4) })).findings).toEqual([]);
  await judge(graph, check, [state(shared, start, server('shop/books-http', ['shop/books'])), after, quiet]);
  expect((await evaluate(graph, check, { at: minute(4) })).findings).toEqual([]);
});

test('is silent once the workloads have another identity', async () => {
  const before = state(shared);
  const relations = before.relations.filter(({ type }) => type !== 'HAS_IDENTITY');
  const later = { ...before, relations, at: minute(4), readAt: minute(4), id: 'test/cluster/later' };
  expect((await judge(graph, check, [before, later, window()])).status).toBe('clean');
  const first = { ...before, relations };
  await judge(graph, check, [
    first,
    { ...before, at: minute(4), readAt: minute(4), id: 'test/cluster/later' },
    window(),
  ]);
  expect((await evaluate(graph, check, { at: minute(3), since: start })).findings).toEqual([]);
});

test.each(['RUNS_AS', 'HAS_IDENTITY', 'PART_OF', 'HOLDS', 'SELECTS', 'TARGETS', 'REQUIRES', 'ADMITS'])(
  '%s counts as of the instant',
  async (type) => {
    const [first, later] = [start, minute(5)].map((at) => state(shared, at, guarded(['Server', 'shop/books-http'])));
    await judge(graph, check, [first!, without(first!, type, minute(5)), quiet]);
    expect((await evaluate(graph, check)).findings).toEqual([]);
    await judge(graph, check, [without(first!, type), later!, trafficWindow(minute(3), minute(4), []), quiet]);
    expect((await evaluate(graph, check, { at: minute(4) })).findings).toEqual([]);
    expect((await evaluate(graph, check)).findings).toHaveLength(1);
  },
);
