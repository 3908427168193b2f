import { ChangeMessageVisibilityCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { AWS_CLIENT } from '../domain/aws-client.ts';
import { openOnce } from './open-once.ts';

/** Keeps a delivered message away for some seconds more. */
export type Postpone = (record: SQSRecord, seconds: number) => Promise<void>;

/** By ChangeMessageVisibility, on the queue the record says it came from. */
export function sqsPostpone(client = new SQSClient({ ...AWS_CLIENT, maxAttempts: 2 })): Postpone {
  const urls = new Map<string, () => Promise<string | undefined>>();
  const urlOf = (arn: string): Promise<string | undefined> => {
    const [, , , , account = '', name = ''] = arn.split(':');
    const known =
      urls.get(arn) ??
      openOnce(async () => {
        const { QueueUrl } = await client.send(
          new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }),
        );
        return QueueUrl;
      });
    urls.set(arn, known);
    return known();
  };
  return async ({ eventSourceARN, receiptHandle }, seconds) => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: await urlOf(eventSourceARN),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  };
}
