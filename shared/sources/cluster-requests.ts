import { sqsQueue } from '../adapters/aws-sqs.ts';

type ClusterRequest = { readonly cluster: string; readonly at: number };

/** Sends requests about clusters to a FIFO queue: those of one cluster in order, and the same request within minutes once. */
export function clusterRequests(queueUrl: string): (requests: readonly ClusterRequest[]) => Promise<void> {
  const send = sqsQueue(queueUrl);
  return (requests) =>
    send(
      requests.map((request) => ({
        body: JSON.stringify(request),
        group: request.cluster,
        deduplication: `${request.cluster}/${request.at}`,
      })),
    );
}
