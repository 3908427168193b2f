import { type Graph, openGraph } from '../shared/graph/connection.ts';
import type { Io } from './io.ts';
import { resolveGraph } from './local-graph/resolve-graph.ts';

/** Does the work with the graph every command uses, and closes it however the work ends. */
export async function withGraph<Result>(io: Pick<Io, 'env'>, work: (graph: Graph) => Promise<Result>): Promise<Result> {
  const graph = openGraph(await resolveGraph(io));
  try {
    return await work(graph);
  } finally {
    await graph.close();
  }
}
