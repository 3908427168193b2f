import { sqsQueue } from '../adapters/aws-sqs.ts';
import type { EvaluationRequest } from '../domain/messages/evaluation-request.ts';
import { digestOfKey } from '../domain/observation-key.ts';

/** Asks evaluate-checks to judge a cluster because of the observation that has this key. */
export type RequestEvaluation = (request: EvaluationRequest, key: string) => Promise<void>;

export function evaluationRequests(queueUrl: string): RequestEvaluation {
  const send = sqsQueue(queueUrl);
  return (request, key) =>
    send([{ body: JSON.stringify(request), group: request.cluster, deduplication: digestOfKey(key) }]);
}
