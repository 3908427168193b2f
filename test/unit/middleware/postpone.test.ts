import { ChangeMessageVisibilityCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { sqsPostpone } from '../../../shared/middleware/postpone.ts';
import { sqsRecord } from '../../lambda-event.ts';

const URL = 'https://sqs.eu-central-1.amazonaws.com/123456789012/meshgraph-scans';
const sqs = mockClient(SQSClient);
beforeEach(() => sqs.reset());
const postponing = () => sqsPostpone(new SQSClient({ region: 'eu-central-1' }));

test('a message is kept away on the queue it came from, whose URL is asked for once', async () => {
  sqs.on(GetQueueUrlCommand).resolves({ QueueUrl: URL });
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
  const postpone = postponing();
  await postpone(sqsRecord('a', {}), 30);
  await postpone(sqsRecord('b', {}), 60);
  expect(sqs.commandCalls(GetQueueUrlCommand).map(({ args: [{ input }] }) => input)).toEqual([
    { QueueName: 'meshgraph-scans', QueueOwnerAWSAccountId: '123456789012' },
  ]);
  expect(sqs.commandCalls(ChangeMessageVisibilityCommand).map(({ args: [{ input }] }) => input)).toEqual([
    { QueueUrl: URL, ReceiptHandle: 'receipt-a', VisibilityTimeout: 30 },
    { QueueUrl: URL, ReceiptHandle: 'receipt-b', VisibilityTimeout: 60 },
  ]);
});

test('a URL that could not be had is asked for again', async () => {
  sqs.on(GetQueueUrlCommand).rejectsOnce(new Error('throttled')).resolves({ QueueUrl: URL });
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
  const postpone = postponing();
  await expect(postpone(sqsRecord('a', {}), 1)).rejects.toThrow('throttled');
  await postpone(sqsRecord('a', {}), 1);
  expect(sqs.commandCalls(ChangeMessageVisibilityCommand)).toHaveLength(1);
});
