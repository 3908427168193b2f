import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge } from './judge.ts';
import { clusterScan, minute, start } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const withPods = (
  at: number,
  inject: string,
  ...pods: { name: string; meshed?: boolean; props?: Record<string, string> }[]
) => clusterScan(at, { namespaces: { shop: { inject } }, workloads: { 'shop/books': { pods } } });
const missed = { name: 'books-1', meshed: false, props: { unmeshedReason: 'injector missed it' } };

test('finds the workload once, however many of its pods have no proxy', async () => {
  const scanned = withPods(start, 'enabled', missed, { ...missed, name: 'books-2' }, { name: 'books-3' });
  const { findings } = await judge(graph, 'meshed-namespace-unmeshed-pod', [scanned]);
  expect(findings.map(({ message }) => message)).toEqual([
    'shop/books runs 2 pods without proxy in a meshed namespace (injector missed it), since 2026-11-23T17:00:00Z or earlier',
  ]);
});

test.each([
  ['a namespace that is not meshed', 'disabled', missed],
  ['a finished pod', 'enabled', { ...missed, props: { phase: 'Succeeded' } }],
  ['a pod on the host network', 'enabled', { ...missed, props: { unmeshedReason: 'host network' } }],
  ['a pod whose owner opted out', 'enabled', { ...missed, props: { unmeshedReason: 'injection disabled' } }],
])('leaves out %s', async (_what, inject, pod) => {
  expect((await judge(graph, 'meshed-namespace-unmeshed-pod', [withPods(start, inject, pod)])).status).toBe('clean');
});

test('judges the namespace as it was annotated then, and the pods that lived then', async () => {
  const scans = [
    withPods(start, 'enabled', missed),
    withPods(minute(5), 'disabled', missed),
    withPods(minute(8), 'enabled', { name: 'books-9' }),
  ];
  await judge(graph, 'meshed-namespace-unmeshed-pod', scans);
  const at = async (n: number) =>
    (await evaluate(graph, 'meshed-namespace-unmeshed-pod', { at: minute(n) })).findings.length;
  expect([await at(1), await at(6), await at(9)]).toEqual([1, 0, 0]);
});
