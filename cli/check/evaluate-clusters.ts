import { type Evaluation, evaluateChecks } from '../../functions/evaluate-checks/evaluate-checks.ts';
import type { ChosenCheck } from '../../shared/checks/configured-checks.ts';
import { toModelParameter } from '../../shared/checks/model-parameter.ts';
import { tellingOf } from '../../shared/domain/alerts/telling-of.ts';
import { parseDuration } from '../../shared/domain/duration.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { formatInstant, parseInstant } from '../../shared/domain/instant.ts';
import { graphEvaluation } from '../../shared/graph/evaluation.ts';
import { type KnownCluster, readClusters } from '../../shared/graph/knowledge.ts';
import { demandQueries } from '../../shared/graph/own-checks/ask-own-check.ts';
import { chooseCluster } from '../../shared/questions/ask.ts';
import type { LoadedConfiguration } from '../configuration.ts';
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

/**
 * Evaluates the checks for the cluster named, or for every cluster the graph knows, with what the configuration says of
 * entities. Throws InvalidInputError for a check of the user's own that must not or cannot be asked.
 */
export async function evaluateClusters(
  io: Pick<Io, 'env' | 'now' | 'err'>,
  checks: readonly ChosenCheck[],
  {
    alerts,
    entityModel,
    own = [],
  }: Pick<LoadedConfiguration, 'alerts' | 'entityModel'> & Partial<Pick<LoadedConfiguration, 'own'>>,
  flags: Flags,
): Promise<Evaluation[]> {
  const at = parseInstant(flags.at ?? 'now', io.now());
  const since = parseInstant(flags.since, at);
  if (since >= at) throw new InvalidInputError(`--since ${flags.since} is not before ${formatInstant(at)}`);
  const { allowStale } = flags;
  const staleAfterMs = parseDuration(flags.staleAfter);
  const model = toModelParameter(entityModel);
  const judging = { since, at, checks, model, staleAfterMs, allowStale, telling: tellingOf(alerts) };
  return withGraph(io, async (graph) => {
    const asked = own.filter(({ id }) => checks.some(({ check }) => check.id === id));
    for (const check of asked) await demandQueries(graph, check, { cluster: '', since, at, model });
    const { writeFindings, ...looking } = graphEvaluation(graph, asked);
    const deps = flags.record ? { ...looking, writeFindings } : looking;
    const evaluations: Evaluation[] = [];
    for (const { cluster } of chosenClusters(await readClusters(graph), flags.cluster)) {
      const evaluation = await evaluateChecks(deps, { cluster, ...judging });
      evaluations.push(evaluation);
      if (evaluation.recorded === false) {
        io.err(`${cluster}: a later evaluation is recorded already, so this look at the past is not\n`);
      }
    }
    return evaluations;
  });
}

const chosenClusters = (known: readonly KnownCluster[], name: string | undefined): readonly KnownCluster[] =>
  name === undefined && known.length > 1 ? known : [chooseCluster(known, name)];
