import { writeObservation } from '../../functions/write-graph/write-graph.ts';
import { ForbiddenError } from '../../shared/domain/errors.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { PodOwners } from '../../shared/domain/resolve-pods.ts';
import type { Window } from '../../shared/domain/window.ts';
import { type Graph, openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { readTrafficWindows } from '../../shared/graph/ledger/traffic-windows.ts';
import { leftAsItWas, observationWriters } from '../../shared/graph/observation-writers.ts';
import { readPodOwners } from '../../shared/graph/pod-owners.ts';
import type { Io } from '../io.ts';
import { resolveGraph } from '../local-graph/resolve-graph.ts';

export type Write = (observation: Observation) => Promise<'written' | 'unchanged'>;

/** The graph as the pipeline sees it: what takes observations, and what knows what was taken. */
export type GraphProjection = {
  readonly graph: Graph;
  readonly write: Write;
  readonly readCovered: (cluster: string, after: number) => Promise<readonly Window[]>;
  readonly readOwners: (cluster: string, pods: readonly { namespace: string; name: string }[]) => Promise<PodOwners>;
  readonly close: () => Promise<void>;
};

/** Opens the graph every command uses, for writing. Rejects, in words, when it is away or may not be written. */
export async function openProjection(io: Pick<Io, 'env'>): Promise<GraphProjection> {
  const access = await resolveGraph(io);
  const graph = openGraph(access);
  try {
    const { writable } = await graph.verify();
    if (!writable) {
      throw new ForbiddenError(
        `the graph at ${access.uri} may only be read: give a user with the right to write, or the leader of the cluster`,
      );
    }
    await ensureSchema(graph);
  } catch (error) {
    await graph.close();
    throw error;
  }
  return {
    graph,
    write: observationWriter(graph),
    readCovered: (cluster, after) => readTrafficWindows(graph, cluster, after),
    readOwners: (cluster, pods) => readPodOwners(graph, cluster, pods),
    close: () => graph.close(),
  };
}

/** Writes observations into a graph that has its schema. */
export function observationWriter(graph: Graph): Write {
  const writers = observationWriters(graph);
  return async (observation) => (leftAsItWas(await writeObservation(writers, observation)) ? 'unchanged' : 'written');
}
