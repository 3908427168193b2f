import { type CheckResult, evaluateChecks } from '../../../functions/evaluate-checks/evaluate-checks.ts';
import type { FindingsRecord } from '../../../shared/checks/finding.ts';
import { toModelParameter } from '../../../shared/checks/model-parameter.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import { writeFindings } from '../../../shared/graph/findings.ts';
import { readKnowledge } from '../../../shared/graph/knowledge.ts';
import { readRows } from '../../../shared/graph/questions.ts';
import { refill } from './build-graph.ts';
import { CLUSTER, minute, start } from './small-mesh.ts';

export type Period = {
  readonly since?: number;
  readonly at?: number;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly record?: boolean;
  /** The parameters are those of this run, not the configuration's. */
  readonly justThisOnce?: boolean;
  /** The entity model, as the configuration writes it. */
  readonly model?: object;
};

/** Evaluates one check on the graph as it is, by default for the ten minutes from `start`. */
export async function evaluate(graph: Graph, id: string, period: Period = {}): Promise<CheckResult> {
  const { since = start, at = minute(10), parameters = {}, record = false, model = {}, justThisOnce = false } = period;
  const check = CHECKS.find((one) => one.id === id)!;
  const evaluation = await evaluateChecks(
    {
      readKnowledge: (cluster, asked) => readKnowledge(graph, cluster, asked, check.needs.families),
      readRows: (query, values) => readRows(graph, query, values),
      ...(record && { writeFindings: (findings: FindingsRecord) => writeFindings(graph, findings) }),
    },
    {
      cluster: CLUSTER,
      since,
      at,
      checks: [{ check, severity: check.severity, parameters, exceptions: [], justThisOnce }],
      model: toModelParameter(entityModelSchema.parse(model)),
      staleAfterMs: minute(15) - start,
      allowStale: false,
    },
  );
  const result = evaluation.results[0]!;
  const { findings, accepted, population } = result;
  // "3 of 2 workloads" is a population that counts something else than the check finds.
  if (population && population.count < findings.length + accepted.length) {
    throw new Error(`${id}: ${findings.length} findings of a population of ${population.count} ${population.noun}`);
  }
  return result;
}

/** What one check says of a graph made of these observations alone. */
export async function judge(
  graph: Graph,
  id: string,
  observations: readonly Observation[],
  period: Period = {},
): Promise<CheckResult> {
  await refill(graph, observations);
  return evaluate(graph, id, period);
}

export const messagesOf = ({ findings }: CheckResult): string[] => findings.map(({ message }) => message);
