import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { clusterScan, mesh, minute, start } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'mesh-bypassed';
type Props = Record<string, string | boolean | string[]>;
const state = (
  pods: Record<string, Props & { meshed?: boolean }>,
  namespace: Props = { inject: 'enabled' },
  at = start,
) => {
  const workloads = Object.entries(pods).map(([name, { meshed = true, ...props }]) => [
    name,
    { pods: [{ name: `${name.slice(5)}-1`, meshed, props: { hostNetwork: false, ...props } }] },
  ]);
  return clusterScan(at, { ...mesh, namespaces: { shop: namespace }, workloads: Object.fromEntries(workloads) });
};
const skip = (...annotations: string[]) => ({ annotations: annotations.map((one) => `config.linkerd.io/${one}`) });
const optedOut = { meshed: false, annotations: ['linkerd.io/inject=disabled'] };
const status = async (...observations: Parameters<typeof judge>[2]) => (await judge(graph, check, observations)).status;

test('finds once a workload the ways past its proxy', async () => {
  const pods = { 'shop/web': skip('skip-inbound-ports=9999', 'skip-outbound-ports=25,3306'), 'shop/job': optedOut };
  expect(messagesOf(await judge(graph, check, [state(pods)]))).toEqual([
    'shop/job sets linkerd.io/inject: disabled in a meshed namespace: that traffic goes past the proxy',
    'shop/web sets config.linkerd.io/skip-inbound-ports: 9999, config.linkerd.io/skip-outbound-ports: 25,3306 in a meshed namespace: that traffic goes past the proxy',
  ]);
});

test('blames the namespace where pods have it from there', async () => {
  const namespace = { inject: 'enabled', ...skip('skip-subnets=10.1.0.0/16') };
  const pods = { 'shop/web': skip('skip-subnets=10.1.0.0/16'), 'shop/books': skip('skip-subnets=10.1.0.0/16') };
  expect(messagesOf(await judge(graph, check, [state(pods, namespace)]))).toEqual([
    'namespace shop sets config.linkerd.io/skip-subnets: 10.1.0.0/16 for shop/books, shop/web: that traffic goes past their proxies',
  ]);
});

test.each([
  ['settings that keep the mesh', { 'shop/web': skip('opaque-ports=3306', 'skip-inbound-ports=') }],
  ['skipped ports of pods without proxy', { 'shop/web': { ...skip('skip-inbound-ports=99'), meshed: false } }],
  ['pods that ask for a proxy', { 'shop/web': { meshed: false, annotations: ['linkerd.io/inject=enabled'] } }],
  ['pods that ask for ingress mode', { 'shop/web': { meshed: false, annotations: ['linkerd.io/inject=ingress'] } }],
  ['pods that have a proxy all the same', { 'shop/web': { annotations: ['linkerd.io/inject=disabled'] } }],
  ['pods on the host network', { 'shop/web': { ...optedOut, hostNetwork: true } }],
  ['finished pods', { 'shop/web': { ...optedOut, phase: 'Succeeded' } }],
  ['failed pods', { 'shop/web': { ...skip('skip-inbound-ports=99'), phase: 'Failed' } }],
])('is silent about %s', async (_, pods) => {
  expect(await status(state(pods))).toBe('clean');
});

test('is silent about opting out where nothing is injected anyway, but not about skipped ports', async () => {
  expect(await status(state({ 'shop/job': optedOut }, {}))).toBe('clean');
  expect(await status(state({ 'shop/job': optedOut }, { inject: 'disabled' }))).toBe('clean');
  expect(await status(state({ 'shop/web': skip('skip-inbound-ports=99') }, {}))).toBe('violated');
});

test.each(['linkerd.io/is-control-plane=true', 'linkerd.io/extension=viz'])(
  'leaves out a namespace with %s',
  async (label) => {
    expect(
      await status(state({ 'shop/web': skip('skip-outbound-ports=443') }, { inject: 'enabled', labels: [label] })),
    ).toBe('clean');
  },
);

test('judges as of the instant', async () => {
  await judge(graph, check, [state({ 'shop/job': optedOut }), state({ 'shop/job': optedOut }, {}, minute(5))]);
  expect((await evaluate(graph, check)).status).toBe('clean');
  expect((await evaluate(graph, check, { at: minute(4) })).findings).toHaveLength(1);
  await judge(graph, check, [state({ 'shop/job': optedOut }), state({}, { inject: 'enabled' }, minute(5))]);
  expect((await evaluate(graph, check)).status).toBe('clean');
});

test('is silent about the time before', async () => {
  await judge(graph, check, [state({}), state({ 'shop/job': optedOut }, { inject: 'enabled' }, minute(5))]);
  expect((await evaluate(graph, check, { at: minute(4) })).status).toBe('clean');
  expect((await evaluate(graph, check)).status).toBe('violated');
});
