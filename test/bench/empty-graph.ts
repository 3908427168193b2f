import { type GraphAccess, openGraph } from '../../shared/graph/connection.ts';

/** Takes all nodes and relationships out of a graph; constraints, indexes and the server's warmth stay. */
export async function emptyGraph(access: GraphAccess): Promise<void> {
  const graph = openGraph(access);
  try {
    for (;;) {
      const { counters } = await graph.write('MATCH (node) WITH node LIMIT 10000 DETACH DELETE node');
      if (counters.nodesDeleted === 0) return;
    }
  } finally {
    await graph.close();
  }
}
