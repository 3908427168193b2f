import type { Observation } from '../../../shared/domain/observation.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import { deliver, empty } from '../graph/structure-graph.ts';

/** Empties the graph and writes the observations as the product does, in order. Constraints stay: they cost seconds. */
export async function refill(graph: Graph, observations: readonly Observation[]): Promise<void> {
  await empty(graph);
  for (const observation of observations) await deliver(graph, observation);
}
