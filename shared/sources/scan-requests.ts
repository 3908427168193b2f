import { sqsQueue } from '../adapters/aws-sqs.ts';
import type { ScanRequest } from '../domain/messages/scan-request.ts';

/** The queue of each reader, by the source it reads. */
export type ScanQueues = Readonly<Record<ScanRequest['source'], string>>;

/** Asks the readers, each by its queue, in the order of the requests. */
export function scanRequests(queues: ScanQueues): (requests: readonly ScanRequest[]) => Promise<void> {
  const send = {
    cluster: sqsQueue(queues.cluster),
    certificates: sqsQueue(queues.certificates),
    traffic: sqsQueue(queues.traffic),
  };
  return async (requests) => {
    for (const source of ['cluster', 'certificates', 'traffic'] as const) {
      const bodies = requests.filter((request) => request.source === source).map((request) => JSON.stringify(request));
      await send[source](bodies.map((body) => ({ body })));
    }
  };
}
