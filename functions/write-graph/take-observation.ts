import { EVALUATION_REQUEST_SCHEMA, type EvaluationRequest } from '../../shared/domain/messages/evaluation-request.ts';
import type { ObservationPointer } from '../../shared/domain/messages/observation-pointer.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { type Deps as WriteDeps, writeObservation } from './write-graph.ts';

export type Deps<Fence, Written> = WriteDeps<Fence, Written> & {
  readonly read: (key: string) => Promise<Observation>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** `key` tells one observation's request from any other. */
  readonly requestEvaluation: (request: EvaluationRequest, key: string) => Promise<void>;
};

/**
 * Writes the observation a message points to, then asks for the cluster to be judged, as of the writing: observations
 * come in any order, and an evaluation as of an earlier instant than the last one is no news. Delivered again it asks
 * again, for the first time may have been cut off in between.
 */
export async function takeObservation<Fence, Written>(
  deps: Deps<Fence, Written>,
  { key }: ObservationPointer,
): Promise<Written> {
  const observation = await deps.read(key);
  const written = await writeObservation(deps, observation);
  const request = { schema: EVALUATION_REQUEST_SCHEMA, cluster: observation.cluster, at: deps.now() } as const;
  await deps.requestEvaluation(request, key);
  return written;
}
