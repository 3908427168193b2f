import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entity, Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { seen, shopScan, webToApi } from './data-mesh.ts';
import { judge, messagesOf } from './judge.ts';
import { arrival, call, keyOf, minute, relation } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const found = async (observations: readonly Observation[]) =>
  messagesOf(
    await judge(graph, 'new-way-to-power', observations, { since: minute(4), parameters: { learning: 3 * 60_000 } }),
  );

/** The api's ServiceAccount may do this. */
const withPower = (power: object, { at = minute(0), labels = [] as string[], bound = true } = {}) => {
  const role: Entity = {
    label: 'Role',
    family: 'clusterroles',
    key: 'test/ClusterRole/keeper',
    props: { name: 'keeper', kind: 'ClusterRole', ...power },
  };
  const account = { label: 'ServiceAccount', key: keyOf('ServiceAccount', 'shop/api') };
  const relations = bound ? [relation('BOUND_TO', 'bindings', account, role)] : [];
  return shopScan({}, at, { namespaces: { shop: { labels } }, more: { entities: [role], relations } });
};
const quiet = seen([call('shop/web', 'shop/db', 1)], 0);
const fresh = seen(webToApi);

test.each(['readsSecrets', 'writesSecrets', 'execs', 'escalates', 'impersonates', 'createsTokens', 'wildcard'])(
  'finds a new pair that leads to a workload whose account has %s',
  async (power) => {
    expect(await found([withPower({ [power]: true }), quiet, fresh])).toEqual([
      'shop/web gained a way to the power of keeper at shop/api when it first called shop/api at 2026-11-23T17:05:00Z: shop/web → shop/api; watched since 2026-11-23T17:00:00Z',
    ]);
  },
);

test('is silent about roles without such a power, powers not held any more, and calls that were turned away', async () => {
  expect(await found([withPower({ editsPolicy: true, readsSecrets: false }), quiet, fresh])).toEqual([]);
  const gone = withPower({ execs: true }, { at: minute(6), bound: false });
  expect(await found([withPower({ execs: true }), quiet, fresh, gone])).toEqual([]);
  const [toApi] = webToApi;
  const denied = seen([toApi, arrival('shop/web', 'shop/api', 'denied', 5)]);
  expect(await found([withPower({ execs: true }), quiet, denied])).toEqual([]);
  expect(await found([withPower({ execs: true }), seen(webToApi, 0), fresh])).toEqual([]);
});

test.each(['linkerd.io/is-control-plane=true', 'linkerd.io/extension=viz'])(
  'leaves out namespaces with %s, which everybody calls',
  async (label) => {
    expect(await found([withPower({ execs: true }, { labels: [label] }), quiet, fresh])).toEqual([]);
  },
);
