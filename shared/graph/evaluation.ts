import type { Knowledge } from '../checks/coverage.ts';
import type { FindingsRecord } from '../checks/finding.ts';
import { CHECKS } from '../checks/registry.ts';
import type { Graph } from './connection.ts';
import { writeFindings } from './findings.ts';
import { readKnowledge } from './knowledge.ts';
import { readRows } from './questions.ts';

const FAMILIES = [...new Set(CHECKS.flatMap(({ needs }) => needs.families))];

/** The graph as an evaluation of checks sees it: what the use case of functions/evaluate-checks asks for. */
export const graphEvaluation = (graph: Graph) => ({
  readKnowledge: (cluster: string, period: { since: number; at: number }): Promise<Knowledge> =>
    readKnowledge(graph, cluster, period, FAMILIES),
  readRows: (query: string, parameters: Readonly<Record<string, unknown>>) => readRows(graph, query, parameters),
  writeFindings: (record: FindingsRecord) => writeFindings(graph, record),
});
