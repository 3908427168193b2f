import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { admitted, apiToDb, seen, shopScan, webToApi } from './data-mesh.ts';
import { judge, messagesOf } from './judge.ts';
import { arrival, call, entity, minute, relation } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const found = async (observations: readonly Observation[]) =>
  messagesOf(await judge(graph, 'data-hop-without-mtls', observations));
const plain = { tls: 'no_identity', noTlsReason: 'not_provided_by_service_discovery' } as const;

test('is silent where every hop is mutual TLS, and about plain text that leads to no data', async () => {
  expect(await found([shopScan(), seen([...webToApi, ...apiToDb])])).toEqual([]);
  expect(await found([shopScan(), seen([...apiToDb, call('shop/db', 'shop/web', 5, plain)])])).toEqual([]);
});

test('finds hops in plain text anywhere on a way to data, the nearest first, by either side', async () => {
  const told = [
    call('shop/web', 'shop/api', 5, plain),
    call('shop/api', 'shop/db', 5),
    admitted('shop/api', 'shop/db', { tls: 'opaque' }),
    admitted('shop/job', 'shop/api'),
  ];
  expect(await found([shopScan({ 'shop/job': { owner: 'shop' } }), seen(told)])).toEqual([
    '2 of 3 hops on ways to personal data at shop/db are not mutual TLS: shop/api → shop/db, shop/web → shop/api',
  ]);
});

test('finds callers without identity, and TLS that shows no certificate', async () => {
  const only = ['the only hop on ways to personal data at shop/db is not mutual TLS: unauthenticated → shop/db'];
  expect(await found([shopScan(), seen([admitted(null, 'shop/db')])])).toEqual(only);
  expect(await found([shopScan(), seen([admitted(null, 'shop/db', { tls: 'true' })])])).toEqual(only);
  expect(await found([shopScan(), seen([arrival(null, 'shop/db', 'denied', 5)])])).toEqual([]);
});

test('leaves out what only probes go through: a route that nothing but a network is asked for', async () => {
  const policy = entity('AuthorizationPolicy', 'authorizationpolicies.policy.linkerd.io', 'shop/clients');
  const route = entity('Route', 'httproutes.policy.linkerd.io', 'shop/probes');
  const server = entity('Server', 'servers.policy.linkerd.io', 'shop/http');
  const wanted = (kind: string) =>
    entity('Authentication', 'networkauthentications.policy.linkerd.io', `shop/${kind.toLowerCase()}`, { kind });
  const admits = (target: typeof route, ...kinds: string[]) => {
    const authentications = kinds.map(wanted);
    return shopScan({}, minute(0), {
      more: {
        entities: [policy, target, ...authentications],
        relations: [
          relation('TARGETS', 'authorizationpolicies/targets', policy, target),
          ...authentications.map((one) => relation('REQUIRES', 'authorizationpolicies/requirements', policy, one)),
        ],
      },
    });
  };
  const probe = seen([admitted(null, 'shop/db')]);
  expect(await found([admits(route, 'NetworkAuthentication'), probe])).toEqual([]);
  expect(await found([admits(route, 'NetworkAuthentication', 'MeshTLSAuthentication'), probe])).toHaveLength(1);
  expect(await found([admits(route), probe])).toHaveLength(1);
  expect(await found([admits(server, 'NetworkAuthentication'), probe])).toHaveLength(1);
  const other = admitted(null, 'shop/db', { authorization: { kind: 'authorizationpolicy', name: 'others' } });
  expect(await found([admits(route, 'NetworkAuthentication'), seen([other])])).toHaveLength(1);
});

test('leaves out calls that leave the mesh, though data is held there', async () => {
  const external = { label: 'External', family: 'entity-model', key: 'test/External/203.0.113.10' };
  const data = {
    label: 'DataClass',
    family: 'entity-model',
    key: 'test/DataClass/payment',
    props: { name: 'payment' },
  };
  const scan = shopScan({}, minute(0), {
    more: {
      entities: [{ ...external, props: { name: '203.0.113.10', address: '203.0.113.10' } }, data],
      relations: [relation('HOLDS', 'entity-model', external, data)],
    },
  });
  const egress = call('shop/web', { type: 'external', address: '203.0.113.10' }, 5, plain);
  expect(await found([scan, seen([egress])])).toEqual([]);
  expect(await found([scan, seen([egress, call('shop/job', 'shop/web', 5, plain)])])).toEqual([
    '1 of 2 hops on ways to payment data at 203.0.113.10 is not mutual TLS: shop/job → shop/web',
  ]);
});

test('tells a hop of the holder that is nearest to where it leads, and only the first three', async () => {
  const scan = shopScan({ 'shop/cache': { holds: 'payment' } });
  const callers = ['a', 'b', 'c', 'd'].map((name) => call(`shop/${name}`, 'shop/cache', 5, plain));
  expect((await found([scan, seen([...callers, ...apiToDb, call('shop/cache', 'shop/api', 5)])])).sort()).toEqual([
    '4 of 4 hops on ways to payment data at shop/cache are not mutual TLS: shop/a → shop/cache, shop/b → shop/cache, shop/c → shop/cache and 1 more',
  ]);
});
