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

const check = 'host-network-pod';
const host = { hostNetwork: true, node: 'node-a' };
type Pods = { name: string; meshed: boolean; props: Record<string, string | boolean | string[]> }[];
const state = (pods: Pods, at = start, inject: string | undefined = 'enabled') =>
  clusterScan(at, { ...mesh, namespaces: { shop: inject ? { inject } : {} }, workloads: { 'shop/agent': { pods } } });
const agent = (props: Pods[number]['props'], name = 'agent-1') => ({ name, meshed: false, props });

test('finds once a workload what runs on the network of nodes', async () => {
  expect(messagesOf(await judge(graph, check, [state([agent(host)])]))).toEqual([
    'shop/agent runs a pod on the network of node node-a in a meshed namespace: Linkerd cannot inject it',
  ]);
  const two = state([agent(host), agent({ ...host, node: 'node-b' }, 'agent-2')], start, 'ingress');
  expect(messagesOf(await judge(graph, check, [two]))).toEqual([
    'shop/agent runs 2 pods on the network of 2 nodes in a meshed namespace: Linkerd cannot inject it',
  ]);
});

test.each([
  ['has a network of its own', state([agent({ hostNetwork: false })])],
  ['lives where nothing is injected', state([agent(host)], start, 'disabled')],
  ['lives where nothing is said', state([agent(host)], start, '')],
  ['opted out', state([agent({ ...host, annotations: ['linkerd.io/inject=disabled'] })])],
  ['is over', state([agent({ ...host, phase: 'Succeeded' })])],
  ['failed', state([agent({ ...host, phase: 'Failed' })])],
])('is silent about a pod that %s', async (_, facts) => {
  expect((await judge(graph, check, [facts])).status).toBe('clean');
});

test('judges as of the instant: pods that were there, injection and phases as they were then', async () => {
  await judge(graph, check, [state([agent(host)]), state([], minute(5))]);
  expect((await evaluate(graph, check)).status).toBe('clean');
  expect((await evaluate(graph, check, { at: minute(4) })).findings).toHaveLength(1);
  await judge(graph, check, [state([agent(host)]), state([agent(host)], minute(5), 'disabled')]);
  expect((await evaluate(graph, check, { at: minute(4) })).findings).toHaveLength(1);
  await judge(graph, check, [state([agent(host)]), state([agent({ ...host, phase: 'Failed' })], minute(5))]);
  expect((await evaluate(graph, check, { at: minute(4) })).findings).toHaveLength(1);
});

test('is silent about the time before', async () => {
  await judge(graph, check, [state([]), state([agent(host)], minute(5))]);
  expect((await evaluate(graph, check, { at: minute(4) })).status).toBe('clean');
  expect((await evaluate(graph, check)).status).toBe('violated');
});
