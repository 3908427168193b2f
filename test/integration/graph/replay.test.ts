import { afterAll, beforeAll, expect, test } from 'vitest';
import { replayObservations } from '../../../functions/replay-observations/replay-observations.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { emptyCluster, readWrittenClusters } from '../../../shared/graph/empty-cluster.ts';
import { withLease } from '../../../shared/graph/lease.ts';
import { freshGraph, ownGraph } from '../../neo4j.ts';
import { canonicalLines, deliver } from './structure-graph.ts';
import { account, boundTo, partOf, pod, scanOf, workload } from './structure-observation.ts';
import { aCall, anArrival, observe } from './traffic-observation.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const web = workload('web', { replicas: 1 });
const log: Observation[] = [
  scanOf(100_000, [
    web,
    pod('a'),
    partOf(pod('a'), web),
    account('web'),
    boundTo(account('web'), 'view', { binding: 'x' }),
  ]),
  observe({ from: 300_000, calls: [aCall()], arrivals: [anArrival()] }),
  scanOf(400_000, [workload('web', { replicas: 2 }), pod('b'), partOf(pod('b'), web)]),
  observe({ from: 600_000, calls: [aCall({ requests: 3 })] }),
];

async function* from<T>(all: readonly T[]) {
  yield* all;
}

const empty = async (to: Graph) => {
  for (const cluster of await readWrittenClusters(to)) await withLease(to, cluster, emptyCluster);
};

test('the graph is emptied and rebuilt from the log to the same lines', async () => {
  for (const one of log) await deliver(graph, one);
  const expected = await canonicalLines(graph);
  await graph.write('MATCH (n:Pod) SET n.name = "spoiled"');

  const count = await replayObservations({
    observations: from(log),
    empty: async () => {
      await empty(graph);
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

test('the log is written to the same lines although the server is killed in the middle and comes back', async () => {
  const server = await ownGraph();
  const own = openGraph(server);
  try {
    for (const one of log) await deliver(own, one);
    const expected = await canonicalLines(own);
    await empty(own);

    let crash: Promise<void> | undefined;
    const crashing: Graph = {
      ...own,
      transaction: (work) =>
        own.transaction(async (tx) => {
          const result = await work(tx);
          if (crash === undefined && (await tx.run('MATCH (p:Pod) RETURN p LIMIT 1')).length > 0) {
            server.kill();
            crash = server.restart();
          }
          return result;
        }),
    };
    const once = {
      ttlMs: 1_000,
      wait: {
        limitMs: 60_000,
        firstDelayMs: 100,
        longestDelayMs: 1_000,
        now: Date.now,
        random: Math.random,
        sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
      },
    };
    for (const one of log) {
      await deliver(crashing, one, once).catch(async () => {
        await crash;
        await deliver(crashing, one, once);
      });
    }
    expect(crash).toBeDefined();
    expect(await canonicalLines(own)).toEqual(expected);
  } finally {
    await own.close();
    await server.remove();
  }
});
