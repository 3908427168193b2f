import type { Configuration } from '../../shared/domain/configuration.ts';
import { EVALUATION_REQUEST_SCHEMA, type EvaluationRequest } from '../../shared/domain/messages/evaluation-request.ts';

export type RequestEvaluationsDeps = {
  readonly configuration: Pick<Configuration, 'clusters'>;
  readonly requestEvaluations: (requests: readonly EvaluationRequest[]) => Promise<void>;
  readonly now: () => number;
};

/**
 * Asks for every cluster to be judged as of now, through the queue: so that each has its own retries, and is judged by
 * one run at a time. Checks that went stale, and alerts left behind, are seen to though nothing was written.
 */
export async function requestEvaluations(deps: RequestEvaluationsDeps): Promise<void> {
  const at = deps.now();
  const { clusters } = deps.configuration;
  await deps.requestEvaluations(clusters.map(({ name }) => ({ schema: EVALUATION_REQUEST_SCHEMA, cluster: name, at })));
}
