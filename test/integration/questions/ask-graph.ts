import type { Graph } from '../../../shared/graph/connection.ts';
import { readClusters } from '../../../shared/graph/knowledge.ts';
import { readRows } from '../../../shared/graph/questions.ts';
import { keptWalks } from '../../../shared/graph/reader/kept-walks.ts';
import { readFreshness } from '../../../shared/graph/reader/read-freshness.ts';
import { type Answered, type Asked, ask } from '../../../shared/questions/ask.ts';
import { QUESTIONS } from '../../../shared/questions/registry.ts';

/** Asks a question of the graph as the command does. */
export function askGraph(
  graph: Graph,
  id: string,
  values: Asked['values'] = {},
  period: Pick<Asked, 'at' | 'since' | 'namespace' | 'owner' | 'limit'> = {},
): Promise<Answered> {
  return ask(
    {
      readRows: (query, parameters) => readRows(graph, query, parameters),
      readClusters: () => readClusters(graph),
      readWalk: keptWalks(graph),
      readFreshness: (cluster, asked) => readFreshness(graph, cluster, asked),
    },
    { question: QUESTIONS.find((one) => one.id === id)!, values, now: Date.now(), ...period },
  );
}

/** The named columns of each row, in order. */
export const columns = ({ rows }: Answered, ...names: string[]): unknown[][] =>
  rows.map((row) => names.map((name) => row[name]));
