import type { Knowledge } from '../checks/coverage.ts';
import type { FindingsRecord } from '../checks/finding.ts';
import type { OwnCheck } from '../checks/own-checks/own-check.ts';
import { toCheck } from '../checks/own-checks/to-check.ts';
import { CHECKS } from '../checks/registry.ts';
import type { Graph } from './connection.ts';
import { writeFindings } from './findings.ts';
import { readKnowledge } from './knowledge.ts';
import { askOwnCheck, demandQueries } from './own-checks/ask-own-check.ts';
import { readRows } from './questions.ts';

/**
 * The graph as an evaluation of checks sees it: what the use case of functions/evaluate-checks asks for. Queries of the
 * user's own are asked within their bounds, and only once the server said that they read.
 */
export function graphEvaluation(graph: Graph, own: readonly OwnCheck[] = []) {
  const families = [...new Set([...CHECKS, ...own.map(toCheck)].flatMap(({ needs }) => needs.families))];
  return {
    readKnowledge: (cluster: string, period: { since: number; at: number }): Promise<Knowledge> =>
      readKnowledge(graph, cluster, period, families),
    readRows: async (query: string, parameters: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> => {
      const mine = own.find((check) => check.query === query || check.populationQuery === query);
      if (mine === undefined) return readRows(graph, query, parameters);
      await demandQueries(graph, mine, parameters);
      return askOwnCheck(graph, mine, mine.query === query ? 'query' : 'population', parameters);
    },
    writeFindings: (record: FindingsRecord) => writeFindings(graph, record),
  };
}
