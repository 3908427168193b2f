import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { admitted, apiToDb, seen, shopScan, webToApi } from './data-mesh.ts';
import { judge, messagesOf, type Period } from './judge.ts';
import { arrival, call, minute } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const exposed = shopScan({ 'shop/web': { owner: 'shop', exposedTo: 'internet' } });
const found = async (observations: readonly Observation[], period: Period = {}) =>
  messagesOf(await judge(graph, 'data-reachable-from-exposed', observations, period));
const way =
  'personal data at shop/db can be reached from shop/web, exposed to internet, in 2 hops: shop/web → shop/api → shop/db';

test('finds the shortest way that calls and arrivals lead from an exposed workload to data', async () => {
  const [toApi, apiLetsIn] = webToApi;
  const detour = ['shop/cart'].flatMap((name) => [admitted('shop/web', name), admitted(name, 'shop/api')]);
  const cart = shopScan({ 'shop/web': { exposedTo: 'internet' }, 'shop/cart': {} });
  expect(await found([cart, seen([...webToApi, ...apiToDb, ...detour])])).toEqual([way]);
  // Each side alone tells it: a caller whose callee has no proxy, and a callee whose caller is not scraped.
  expect(await found([exposed, seen([toApi, ...apiToDb])])).toEqual([way]);
  expect(await found([exposed, seen([apiLetsIn, ...apiToDb])])).toEqual([way]);
});

test('finds a holder of data that is itself exposed, and each exposure by itself', async () => {
  const both = shopScan({
    'shop/db': { holds: 'personal', exposedTo: 'partner' },
    'shop/web': { exposedTo: 'internet' },
  });
  expect((await found([both, seen([...webToApi, ...apiToDb])])).sort()).toEqual([
    way,
    'shop/db holds personal data and is itself exposed to partner',
  ]);
});

describe('is silent', () => {
  const all = [...webToApi, ...apiToDb];
  test.each([
    ['where nothing is exposed', shopScan()],
    ['where it is exposed to the inside alone', shopScan({ 'shop/web': { exposedTo: 'Internal' } })],
    ['where nobody holds data', shopScan({ 'shop/web': { exposedTo: 'internet' }, 'shop/db': {} })],
  ])('%s', async (_, scan) => expect(await found([scan, seen(all)])).toEqual([]));

  test('where the way was turned away, never left, or was only a probe', async () => {
    const [toApi] = webToApi;
    const denied = arrival('shop/web', 'shop/api', 'denied', 5);
    const probe = admitted('shop/web', 'shop/api', { authorization: { kind: 'default', name: 'probe' } });
    const local = admitted('shop/web', 'shop/api', { authorization: { kind: 'default', name: 'localhost' } });
    for (const told of [[toApi, denied], [call('shop/web', 'shop/api', 5, { tls: 'not_sent' })], [probe], [local]]) {
      expect(await found([exposed, seen([...told, ...apiToDb])])).toEqual([]);
    }
  });

  test('where calls lead the other way', async () => {
    expect(await found([exposed, seen([...apiToDb, admitted('shop/api', 'shop/web')])])).toEqual([]);
  });
});

test('one port that is turned away closes no other, and audit lets in', async () => {
  const [toApi] = webToApi;
  const denied = arrival('shop/web', 'shop/api', 'denied', 5);
  const other = call('shop/web', 'shop/api', 5, { port: 9090 });
  expect(await found([exposed, seen([toApi, denied, other, ...apiToDb])])).toEqual([way]);
  const audited = arrival('shop/web', 'shop/api', 'audited', 5);
  expect(await found([exposed, seen([toApi, audited, ...apiToDb])])).toEqual([way]);
});

test('an identity that several workloads carry leads on only from those that called', async () => {
  const shared = (exposedTo: { exposedTo: string } | object, job: object) =>
    shopScan({ 'shop/web': { account: 'shop/all', ...exposedTo }, 'shop/job': { account: 'shop/all', ...job } });
  const told = [call('shop/job', 'shop/db', 5), admitted('shop/all', 'shop/db')];
  expect(await found([shared({ exposedTo: 'internet' }, {}), seen(told)])).toEqual([]);
  expect(await found([shared({}, { exposedTo: 'internet' }), seen(told)])).toEqual([
    'personal data at shop/db can be reached from shop/job, exposed to internet, in 1 hop: shop/job → shop/db',
  ]);
});

describe('counts what was seen in the period', () => {
  const all = [...webToApi, ...apiToDb];
  test('and not before it, after it, or on both its sides', async () => {
    const quiet = seen([], 6);
    expect(await found([exposed, seen(all, 1), quiet], { since: minute(3) })).toEqual([]);
    expect(await found([exposed, seen([], 1), seen(all, 8)], { at: minute(7) })).toEqual([]);
    expect(await found([exposed, seen(all, 1), seen(all, 8)], { since: minute(3), at: minute(7) })).toEqual([]);
    expect(
      await found([exposed, seen(all, 1), seen(all, 5), seen(all, 8)], { since: minute(3), at: minute(7) }),
    ).toEqual([way]);
  });

  test('in hours that lie in it whole, and in days that are closed', async () => {
    const [hour, day] = [minute(61), minute(24 * 60)];
    const later = (at: number) => shopScan({ 'shop/web': { exposedTo: 'internet' } }, at);
    expect(await found([exposed, seen(all), later(hour), seen([], 60)], { at: hour })).toEqual([way]);
    expect(await found([exposed, seen(all), later(day), seen([], 24 * 60)], { at: minute(24 * 60 + 1) })).toEqual([
      way,
    ]);
    const since = minute(7 * 60 - 1);
    expect(
      await found([exposed, seen(all), later(day), seen([], 24 * 60)], { since, at: minute(24 * 60 + 1) }),
    ).toEqual([]);
  });
});

test('what was exposed in the period counts, though it is gone; data counts where it is now', async () => {
  const all = [...webToApi, ...apiToDb];
  expect(await found([exposed, seen(all), shopScan({}, minute(8))])).toEqual([way]);
  expect(await found([exposed, shopScan({}, minute(2)), seen(all)], { since: minute(3) })).toEqual([]);
  expect(await found([shopScan(), seen(all), shopScan({ 'shop/web': { exposedTo: 'internet' } }, minute(12))])).toEqual(
    [],
  );
  const moved = shopScan({ 'shop/web': { exposedTo: 'internet' }, 'shop/db': {} }, minute(8));
  expect(await found([exposed, seen(all), moved])).toEqual([]);
});

test('cannot judge without the entity model', async () => {
  const blind = shopScan({}, minute(0), { families: ['namespaces', 'workloads', 'workloads/accounts', 'identities'] });
  expect((await judge(graph, 'data-reachable-from-exposed', [blind, seen(webToApi)])).status).toBe('unknown');
});
