import { afterAll, beforeAll, expect, test } from 'vitest';
import { replayObservations } from '../../../functions/replay-observations/replay-observations.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { emptyCluster } from '../../../shared/graph/empty-cluster.ts';
import { withLease } from '../../../shared/graph/lease.ts';
import { freshGraph } from '../../neo4j.ts';
import { log } from './small-log.ts';
import { canonicalLines, deliver, emptyAll } from './structure-graph.ts';
import { scanOf } from './structure-observation.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

async function* from<T>(all: readonly T[]) {
  yield* all;
}

test('the graph is emptied and rebuilt from the log to the same lines', async () => {
  for (const one of log) await deliver(graph, one);
  const expected = await canonicalLines(graph);
  await graph.write('MATCH (n:Pod) SET n.name = "spoiled"');

  const count = await replayObservations({
    observations: from(log),
    empty: async () => {
      await emptyAll(graph);
      expect(await canonicalLines(graph)).toEqual([]);
      expect(await graph.read('MATCH ()-[r]->() RETURN r')).toEqual([]);
    },
    write: (observation) => deliver(graph, observation),
  });

  expect(count).toBe(4);
  expect(await canonicalLines(graph)).toEqual(expected);
});

test('emptying leaves findings and other clusters alone', async () => {
  await deliver(graph, { ...scanOf(100, []), cluster: 'staging', id: 'staging/cluster/100' });
  await graph.write(
    'MATCH (p:Pod {key: "prod/shop/Pod/b"}) CREATE (:Finding {key: "prod/Finding/1", cluster: "prod"})-[:ABOUT]->(p)',
  );
  await withLease(graph, 'prod', emptyCluster);
  const left = await graph.read('MATCH (n) WHERE NOT n:Lease RETURN n.key AS key ORDER BY key');
  expect(left).toEqual([{ key: 'prod/Finding/1' }, { key: 'staging/cluster/100' }]);
});
