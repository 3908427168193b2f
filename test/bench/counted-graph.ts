import type { Graph } from '../../shared/graph/connection.ts';

/** What the server said it wrote, summed over all statements, and how long each transaction took as the client saw it. */
export type Counts = {
  readonly counters: Record<string, number>;
  readonly transactions: { readonly ms: number; readonly relationships: number }[];
};

/** The same graph, counting. Benches and tests judge writes by the server's counters, not by what the writer says. */
export function countedGraph(graph: Graph): { readonly graph: Graph; readonly counts: Counts } {
  const counts: Counts = { counters: {}, transactions: [] };
  const add = (counters: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(counters)) counts.counters[name] = (counts.counters[name] ?? 0) + value;
  };
  return {
    counts,
    graph: {
      ...graph,
      write: async (cypher, parameters) => {
        const written = await graph.write<never>(cypher, parameters);
        add(written.counters);
        return written;
      },
      transaction: async (work) => {
        const start = performance.now();
        let relationships = 0;
        const result = await graph.transaction((tx) =>
          work({
            run: async (cypher, parameters) => {
              const written = await tx.run<never>(cypher, parameters);
              add(written.counters);
              relationships += written.counters.relationshipsCreated ?? 0;
              return written;
            },
          }),
        );
        counts.transactions.push({ ms: performance.now() - start, relationships });
        return result;
      },
    },
  };
}
