import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Graph, isOutOfMemory, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { type OwnGraph, ownGraph } from '../../neo4j.ts';
import { count, deliver } from './traffic-graph.ts';
import { aCall, DAY, observe, workload } from './traffic-observation.ts';

let server: OwnGraph;
let graph: Graph;

beforeAll(async () => {
  server = await ownGraph({ 'db.memory.transaction.max': '4m' });
  graph = openGraph(server);
  await ensureSchema(graph);
});
afterAll(async () => {
  await graph.close();
  await server.remove();
});

it('A window too large for one transaction of a small server is written in smaller ones', async () => {
  const create = graph.write('UNWIND range(1, 4000) AS n CREATE (:Probe {lists: [i IN range(1, 300) | n + i]})');
  expect(isOutOfMemory(await create.catch((error) => error))).toBe(true);

  const calls = Array.from({ length: 4_000 }, (_, n) =>
    aCall({ caller: workload(`web-${n}`), outcomes: { '200': 5 } }),
  );
  expect(await deliver(graph, observe({ from: DAY, calls }))).toMatchObject({ created: 4_000 });
  expect(await deliver(graph, observe({ from: DAY + 300_000, calls }))).toMatchObject({ appended: 4_000 });
  expect(await count(graph, '()-[:CALLED {requests: 10}]->()')).toBe(4_000);
});
