import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { MeshFunction } from './function-defaults.ts';
import { kindOf, type QueueName } from './queue-table.ts';
import type { Queues } from './queues.ts';

/** Lets a queue feed the function it is for (queue-table.ts); what failed of a batch, and only that, comes again. */
export function feed(target: MeshFunction, queues: Queues, name: QueueName): void {
  const { batch, concurrency } = kindOf(name);
  const { queue } = queues.of(name);
  target.allow(
    {
      why: 'its queue feeds it',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [queue.queueArn],
    },
    {
      why: 'what failed waits for as long as the error says',
      actions: ['sqs:ChangeMessageVisibility', 'sqs:GetQueueUrl'],
      resources: [queue.queueArn],
    },
  );
  const mapping = new EventSourceMapping(target, 'feed', {
    target: target.lambda,
    eventSourceArn: queue.queueArn,
    batchSize: batch,
    maxConcurrency: concurrency,
    reportBatchItemFailures: true,
  });
  // The mapping is refused while the role may not read the queue.
  mapping.node.addDependency(target.role);
}
