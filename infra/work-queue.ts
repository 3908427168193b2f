import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Deployment, nameOf } from './deployment.ts';
import { sizeOf } from './function-table.ts';
import { ATTEMPTS, kindOf, type QueueName } from './queue-table.ts';

/** How long what was set aside waits to be looked at: as long as SQS allows. */
const DEAD_LETTERS_KEPT = Duration.days(14);

/** A queue of work and the queue its hopeless messages are set aside in. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, name: QueueName, deployment: Deployment) {
    super(scope, name);
    const { fifo, consumer } = kindOf(name);
    const suffix = fifo ? '.fifo' : '';
    const shared = { ...protectedQueue(deployment), ...(fifo && { fifo, contentBasedDeduplication: true }) };
    this.deadLetters = new Queue(this, 'dead-letters', {
      ...shared,
      queueName: nameOf(deployment, `${name}-dead-letters${suffix}`),
      retentionPeriod: DEAD_LETTERS_KEPT,
    });
    acknowledgeDeadEnd(this.deadLetters);
    this.queue = new Queue(this, 'queue', {
      ...shared,
      queueName: nameOf(deployment, `${name}${suffix}`),
      // Six times the time-out, says AWS: room for retries of a throttled function before the message is seen again.
      visibilityTimeout: Duration.seconds(6 * sizeOf(consumer).timeout),
      retentionPeriod: Duration.days(7),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: ATTEMPTS },
    });
  }
}

/** Where the events of scheduled runs go that failed for good. */
export function failedRunsQueue(scope: Construct, deployment: Deployment): Queue {
  const queue = new Queue(scope, 'failed-runs', {
    ...protectedQueue(deployment),
    queueName: nameOf(deployment, 'failed-runs'),
    retentionPeriod: DEAD_LETTERS_KEPT,
  });
  acknowledgeDeadEnd(queue);
  return queue;
}

/** cdk-nag wants a dead-letter queue behind these as well. */
function acknowledgeDeadEnd(queue: Queue): void {
  const reason = 'It is where dead letters go.';
  Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason }, { id: 'Serverless-SQSRedrivePolicy', reason });
}

/** Encrypted where it rests and on the way. */
const protectedQueue = (deployment: Deployment): QueueProps => ({
  encryption: QueueEncryption.KMS,
  encryptionMasterKey: deployment.key,
  dataKeyReuse: Duration.hours(1),
  enforceSSL: true,
  // What waits is asked for again by the next deployment; a queue that stayed would only hold its name.
  removalPolicy: RemovalPolicy.DESTROY,
});
