import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from './build-graph.ts';
import { evaluate } from './judge.ts';
import { healthy, minute, scan } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

test('a healthy mesh is clean by every check', async () => {
  await refill(graph, [scan, healthy]);
  for (const { id } of CHECKS) expect([id, (await evaluate(graph, id)).status]).toEqual([id, 'clean']);
});

test('no check judges on scans that are too old', async () => {
  await refill(graph, [scan, healthy]);
  for (const { id } of CHECKS) {
    expect(await evaluate(graph, id, { at: minute(60) })).toMatchObject({
      status: 'unknown',
      reason: expect.stringMatching(/is of 2026-11-23T17:0[06]:00Z, (1h|54m) before 2026-11-23T18:00:00Z/),
    });
  }
});

test('no check judges a graph that was never written', async () => {
  await refill(graph, []);
  for (const { id } of CHECKS) {
    expect(await evaluate(graph, id)).toMatchObject({
      status: 'unknown',
      reason: expect.stringMatching(/^no (traffic|scan)/),
    });
  }
});
