import { readClusters, readKnowledge } from '../../shared/graph/knowledge.ts';
import { readRows } from '../../shared/graph/questions.ts';
import type { AskDeps } from '../../shared/questions/ask.ts';
import type { Io } from '../io.ts';
import { withGraph } from '../with-graph.ts';

/** The graph as a question sees it: it reads rows, and knows what was scanned. */
export function askDeps<Result>(io: Pick<Io, 'env'>, work: (deps: AskDeps) => Promise<Result>): Promise<Result> {
  return withGraph(io, (graph) =>
    work({
      readRows: (query, parameters) => readRows(graph, query, parameters),
      readClusters: () => readClusters(graph),
      readKnowledge: (cluster, period) => readKnowledge(graph, cluster, period, []),
    }),
  );
}
