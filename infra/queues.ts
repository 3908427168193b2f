import { CfnOutput } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { QUEUE_NAMES, type QueueName } from './queue-table.ts';
import { failedRunsQueue, WorkQueue } from './work-queue.ts';

/** All queues of work (queue-table.ts), and their addresses as outputs of the stack. */
export class Queues extends Construct {
  readonly failedRuns: Queue;
  private readonly all: ReadonlyMap<QueueName, WorkQueue>;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    this.failedRuns = failedRunsQueue(this, deployment);
    this.all = new Map(QUEUE_NAMES.map((name) => [name, new WorkQueue(this, name, deployment)]));
    for (const [name, { queue, deadLetters }] of this.all) {
      new CfnOutput(this, `${name}-url`, { value: queue.queueUrl });
      new CfnOutput(this, `${name}-dead-letters-url`, { value: deadLetters.queueUrl });
    }
  }

  of(name: QueueName): WorkQueue {
    const queue = this.all.get(name);
    if (queue === undefined) throw new Error(`no queue ${name}`);
    return queue;
  }
}
