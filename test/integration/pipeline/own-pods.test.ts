import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GraphProjection } from '../../../cli/pipeline/graph-projection.ts';
import { ownPods } from '../../../cli/pipeline/own-pods.ts';
import type { ClusterObservation, WorkloadRef } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { readPodOwners } from '../../../shared/graph/pod-owners.ts';
import { freshGraph } from '../../neo4j.ts';
import { deliver } from '../graph/structure-graph.ts';
import { partOf, pod, scanOf, workload } from '../graph/structure-observation.ts';
import { aCall, observe } from '../graph/traffic-observation.ts';

/** A Rollout is no kind Prometheus tells; its pods come and go. */
const rollout = workload('api', { kind: 'Rollout' });
const earlier = scanOf(100_000, [rollout, pod('api-1'), partOf(pod('api-1'), rollout)]);
const newest = scanOf(200_000, [rollout, pod('api-2'), partOf(pod('api-2'), rollout)]);

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await deliver(graph, earlier);
  await deliver(graph, newest);
});
afterAll(() => graph?.close());

const podNamed = (name: string): WorkloadRef => ({ namespace: 'shop', kind: 'Pod', name });
const read = observe({
  from: 300_000,
  calls: ['api-1', 'api-2', 'stranger'].map((name) => aCall({ caller: podNamed(name), requests: 1 })),
});

const readOwners: GraphProjection['readOwners'] = (cluster, pods) => readPodOwners(graph, cluster, pods);

async function callers(reading: ClusterObservation | undefined, withGraph: boolean): Promise<string[]> {
  const projection = withGraph ? { readOwners } : undefined;
  const own = ownPods('prod', { newestCluster: async () => reading }, { projection: () => projection });
  return (await own(read)).calls.map(({ caller, requests }) => `${requests} of ${caller.kind}/${caller.name}`).sort();
}

test('pods are named by the newest reading; pods now gone by what the graph knew of them; strangers stay', async () => {
  expect(await callers(newest, true)).toEqual(['1 of Pod/stranger', '2 of Rollout/api']);
});

test('without the graph only the newest reading counts, without a reading only the graph', async () => {
  expect(await callers(newest, false)).toEqual(['1 of Pod/api-1', '1 of Pod/stranger', '1 of Rollout/api']);
  expect(await callers(undefined, true)).toEqual(['1 of Pod/stranger', '2 of Rollout/api']);
  expect(await callers(undefined, false)).toEqual(['1 of Pod/api-1', '1 of Pod/api-2', '1 of Pod/stranger']);
});
