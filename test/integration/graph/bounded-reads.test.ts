import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { boundedReads } from '../../../shared/graph/reader/bounded-reads.ts';
import { freshGraph } from '../../neo4j.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

test('the server ends a read at the bound, whatever longer time the read allows itself', async () => {
  const slow = 'UNWIND range(1, 10000000000) AS n WITH n WHERE n < 0 RETURN n';
  const started = performance.now();
  await expect(boundedReads(graph, 500).read(slow, {}, { timeoutMs: 60_000 })).rejects.toMatchObject({ status: 503 });
  expect(performance.now() - started).toBeLessThan(20_000);
});
