import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { apiToDb, seen, shopScan, webToApi } from './data-mesh.ts';
import { judge, messagesOf, type Period } from './judge.ts';
import { minute } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const all = seen([...webToApi, ...apiToDb]);
const found = async (observations: readonly Observation[], period: Period = {}) =>
  messagesOf(await judge(graph, 'data-reachable-from-unowned', observations, period));
const way =
  'personal data at shop/db can be reached from shop/web, which has no owner, in 2 hops: shop/web → shop/api → shop/db';

test('finds the nearest workload without an owner that calls lead from to data', async () => {
  expect(await found([shopScan({ 'shop/web': {} }), all])).toEqual([way]);
  expect(await found([shopScan({ 'shop/db': { holds: 'personal' } }), all])).toEqual([
    'shop/db holds personal data and has no owner',
  ]);
});

test('is silent where all have an owner, where none has, and where no call leads to data', async () => {
  expect(await found([shopScan(), all])).toEqual([]);
  const nobody = shopScan({ 'shop/web': {}, 'shop/api': {}, 'shop/db': { holds: 'personal' } });
  expect(await found([nobody, all])).toEqual([]);
  expect(await found([shopScan({ 'shop/web': {} }), seen(apiToDb)])).toEqual([]);
});

test.each(['linkerd.io/is-control-plane=true', 'linkerd.io/extension=viz'])(
  'leaves out namespaces with %s, whose workloads reach everybody',
  async (label) => {
    const scan = shopScan({ 'shop/web': {} }, minute(0), { namespaces: { shop: { labels: [label] } } });
    expect(await found([scan, all])).toEqual([]);
  },
);

test('judges owners and workloads by the period', async () => {
  const without = shopScan({ 'shop/web': {} });
  // It got an owner in the period: it is owned now. It lost the owner only after the period.
  expect(await found([without, all, shopScan({}, minute(8))])).toEqual([]);
  expect(await found([shopScan(), all, shopScan({ 'shop/web': {} }, minute(12))])).toEqual([]);
  // It was deleted in the period, or long before: what it did then is told, or is none of this period.
  const { entities, ...rest } = shopScan({}, minute(8));
  const gone = { ...rest, entities: entities.filter(({ props }) => props.name !== 'web') };
  const relations = gone.relations.filter(({ from }) => !from.key.endsWith('/web'));
  expect(await found([without, all, { ...gone, relations }])).toEqual([way]);
});
