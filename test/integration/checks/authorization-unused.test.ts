import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { arrival, clusterScan, entity, mesh, minute, relation, scan, start, trafficWindow } from './small-mesh.ts';
import { admits, type Facts, facts, server, without } from './small-policy.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'authorization-unused';
const parameters = { unused: 5 * 60_000 };
const on: [string, string] = ['Server', 'shop/books-http'];
const guarded = (...parts: Facts[]) => facts(server('shop/books-http', ['shop/books']), ...parts);
const state = (at: number, ...parts: Facts[]) => clusterScan(at, { ...mesh, more: guarded(...parts) });
const byWeb = admits('shop/books-web', { on, accounts: ['shop/web', 'legacy/inventory'] });
const first = trafficWindow(start, minute(1), []);
const newest = trafficWindow(minute(9), minute(10), []);
const came = (account: string, n: number, more = {}) =>
  trafficWindow(
    minute(n),
    minute(n + 1),
    [],
    [arrival(account, 'shop/books', 'allowed', 3, { server: { kind: 'server', name: 'books-http' }, ...more })],
  );
const judged = (...observations: Parameters<typeof judge>[2]) =>
  judge(graph, check, [first, ...observations, newest], { parameters });

test('finds once an authorization the identities it names that did not come', async () => {
  expect(messagesOf(await judged(state(start, byWeb)))).toEqual([
    'AuthorizationPolicy shop/books-web admits inventory.legacy.serviceaccount.identity.linkerd.cluster.local, ' +
      'web.shop.serviceaccount.identity.linkerd.cluster.local to shop/books, where none of them arrived for 5m',
  ]);
  expect(messagesOf(await judged(state(start, byWeb), came('legacy/inventory', 7)))).toEqual([
    'AuthorizationPolicy shop/books-web admits web.shop.serviceaccount.identity.linkerd.cluster.local to shop/books, where it did not arrive for 5m',
  ]);
});

test('is silent when all came, whatever authorization let them in', async () => {
  const traffic = [came('shop/web', 6), came('legacy/inventory', 7)];
  expect((await judged(state(start, byWeb), ...traffic)).status).toBe('clean');
});

test.each([
  ['too long ago', came('legacy/inventory', 1)],
  ['to a port of another Server', came('legacy/inventory', 7, { server: { kind: 'server', name: 'other' } })],
])('one that came %s did not come', async (_, traffic) => {
  const { findings } = await judged(state(start, byWeb), came('shop/web', 6), traffic);
  expect(findings.map(({ row }) => row.identities)).toEqual([
    ['inventory.legacy.serviceaccount.identity.linkerd.cluster.local'],
  ]);
});

test('finds an identity named without a ServiceAccount, and one a ServerAuthorization names', async () => {
  const byIdentity = admits('shop/books-ghost', { on, identities: ['shop/web'] });
  const old = entity('ServerAuthorization', 'serverauthorizations.policy.linkerd.io', 'shop/books-old');
  const [target] = server('shop/books-http', []).entities;
  const account = entity('ServiceAccount', 'serviceaccounts', 'shop/web');
  const byServerAuthorization = {
    entities: [old],
    relations: [
      relation('TARGETS', 'serverauthorizations/targets', old, target!),
      relation('ADMITS', 'serverauthorizations/admissions', old, account),
    ],
  };
  const { findings } = await judged(state(start, byIdentity, byServerAuthorization));
  expect(findings.map(({ row }) => [row.policy, row.identities])).toEqual([
    ['shop/books-ghost', ['web.shop.serviceaccount.identity.linkerd.cluster.local']],
    ['shop/books-old', ['web.shop.serviceaccount.identity.linkerd.cluster.local']],
  ]);
});

test('an authorization on a route guards the port of its Server', async () => {
  const route = entity('Route', 'httproutes.policy.linkerd.io', 'shop/read');
  const [target] = server('shop/books-http', []).entities;
  const onRoute = {
    entities: [route],
    relations: [relation('ROUTES', 'routes/httproutes.policy.linkerd.io', route, target!)],
  };
  const policy = admits('shop/books-read', { on: ['Route', 'shop/read'], accounts: ['shop/web'] });
  expect((await judged(state(start, onRoute, policy))).findings).toHaveLength(1);
  expect((await judged(state(start, onRoute, policy), came('shop/web', 7))).status).toBe('clean');
});

test('gives what is new the same time: a policy, an identity in it, a Server', async () => {
  expect((await judged(scan, state(minute(6), byWeb))).status).toBe('clean');
  const onlyWeb = admits('shop/books-web', { on, accounts: ['shop/web'] });
  expect((await judged(state(start, onlyWeb), state(minute(6), byWeb), came('shop/web', 7))).status).toBe('clean');
});

test('is silent about what is gone', async () => {
  expect((await judged(state(start, byWeb), state(minute(8)))).status).toBe('clean');
});

test('finds nothing before it watched for long enough', async () => {
  expect(await evaluate(graph, check, { at: minute(4) })).toMatchObject({
    status: 'clean',
    reason: expect.stringContaining('not judged yet'),
  });
});

test.each(['linkerd.io/is-control-plane=true', 'linkerd.io/extension=viz'])(
  'leaves out a namespace with %s',
  async (label) => {
    const system = clusterScan(start, { ...mesh, namespaces: { shop: { labels: [label] } }, more: guarded(byWeb) });
    expect((await judged(system)).status).toBe('clean');
  },
);

test('gives an authorization that is moved to other ports the same time', async () => {
  const elsewhere = server('shop/other', ['shop/books'], { port: '9090' });
  const moved = admits('shop/books-web', { on: ['Server', 'shop/other'], accounts: ['shop/web'] });
  const here = admits('shop/books-web', { on, accounts: ['shop/web'] });
  expect((await judged(state(start, elsewhere, moved), state(minute(6), elsewhere, here))).status).toBe('clean');
});

test.each(['SELECTS', 'TARGETS', 'REQUIRES', 'ADMITS', 'HAS_IDENTITY'])('is silent once %s is gone', async (type) => {
  const before = state(start, byWeb);
  expect((await judged(before, without(before, type, minute(8)))).status).toBe('clean');
});

test.each(['SELECTS', 'TARGETS', 'REQUIRES', 'ADMITS'])('gives a new %s the same time', async (type) => {
  const before = state(start, byWeb);
  expect((await judged(without(before, type), state(minute(6), byWeb))).status).toBe('clean');
});
