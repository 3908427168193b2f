import { type ChosenCheck, type Evaluation, evaluateChecks } from '../../functions/evaluate-checks/evaluate-checks.ts';
import { parseDuration } from '../../shared/domain/duration.ts';
import { InvalidInputError, NotFoundError } from '../../shared/domain/errors.ts';
import { formatInstant, parseInstant } from '../../shared/domain/instant.ts';
import { graphEvaluation } from '../../shared/graph/evaluation.ts';
import { readClusters } from '../../shared/graph/knowledge.ts';
import type { Io } from '../io.ts';
import { withGraph } from '../with-graph.ts';

type Flags = {
  readonly at?: string;
  readonly since: string;
  readonly cluster?: string;
  readonly staleAfter: string;
  readonly allowStale: boolean;
  readonly record: boolean;
};

/** Evaluates the checks for the cluster named, or for every cluster the graph knows. */
export async function evaluateClusters(
  io: Pick<Io, 'env' | 'now' | 'err'>,
  checks: readonly ChosenCheck[],
  flags: Flags,
): Promise<Evaluation[]> {
  const at = parseInstant(flags.at ?? 'now', io.now());
  const since = parseInstant(flags.since, at);
  if (since >= at) throw new InvalidInputError(`--since ${flags.since} is not before ${formatInstant(at)}`);
  const { allowStale } = flags;
  const staleAfterMs = parseDuration(flags.staleAfter);
  return withGraph(io, async (graph) => {
    const { writeFindings, ...looking } = graphEvaluation(graph);
    const deps = flags.record ? { ...looking, writeFindings } : looking;
    const evaluations: Evaluation[] = [];
    for (const cluster of await chosenClusters(readClusters(graph), flags.cluster)) {
      const evaluation = await evaluateChecks(deps, { cluster, since, at, checks, staleAfterMs, allowStale });
      evaluations.push(evaluation);
      if (evaluation.recorded === false) {
        io.err(`${cluster}: a later evaluation is recorded already, so this look at the past is not\n`);
      }
    }
    return evaluations;
  });
}

async function chosenClusters(known: Promise<readonly { cluster: string }[]>, name?: string): Promise<string[]> {
  const clusters = (await known).map(({ cluster }) => cluster);
  if (clusters.length === 0) throw new NotFoundError('the graph is empty: scan a cluster first (meshgraph scan)');
  if (name === undefined) return clusters;
  if (clusters.includes(name)) return [name];
  throw new NotFoundError(`the graph knows no cluster "${name}", only ${clusters.join(', ')}`);
}
