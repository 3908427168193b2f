import { writeObservation } from '../../../functions/write-graph/write-graph.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { canonicalGraph } from '../../../shared/graph/canonical/canonical-graph.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { emptyCluster } from '../../../shared/graph/empty-cluster.ts';
import { type LeaseOptions, withLease } from '../../../shared/graph/lease.ts';
import { observationWriters, type Written } from '../../../shared/graph/observation-writers.ts';

/** Into a graph that may be empty, as the function and the command write it. */
export async function deliver(graph: Graph, observation: Observation, lease?: LeaseOptions): Promise<Written> {
  await ensureSchema(graph);
  return writeObservation(observationWriters(graph, lease), observation);
}

export async function canonicalLines(graph: Graph): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of canonicalGraph(graph)) lines.push(line);
  return lines;
}

export async function empty(graph: Graph): Promise<void> {
  await graph.write('MATCH (n) DETACH DELETE n');
}

/** Takes out all that observations made, as replay does. */
export async function emptyAll(graph: Graph): Promise<void> {
  const leases = await graph.read<{ cluster: string }>('MATCH (lease:Lease) RETURN lease.key AS cluster');
  for (const { cluster } of leases) await withLease(graph, cluster, emptyCluster);
}

/** The same graph, and a sum of what the server counted in the transactions that went through it. */
export function counting(graph: Graph): { graph: Graph; counted: Record<string, number> } {
  const counted: Record<string, number> = {};
  const run: Graph['transaction'] = (work) =>
    graph.transaction((tx) =>
      work({
        run: async (cypher, parameters) => {
          const result = await tx.run(cypher, parameters);
          for (const [name, count] of Object.entries(result.counters)) counted[name] = (counted[name] ?? 0) + count;
          return result as never;
        },
      }),
    );
  return { graph: { ...graph, transaction: run }, counted };
}

/** A graph whose connection is lost for good once `allowed` transactions were committed. */
export function breaking(graph: Graph, allowed: number): Graph {
  let left = allowed;
  return {
    ...graph,
    transaction: (work) => (left-- > 0 ? graph.transaction(work) : Promise.reject(new Error('connection lost'))),
  };
}
