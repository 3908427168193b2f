import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { sqsQueue } from '../../../shared/adapters/aws-sqs.ts';
import { ContractError, ForbiddenError, NotFoundError, UnavailableError } from '../../../shared/domain/errors.ts';

const URL = 'https://sqs.eu-central-1.amazonaws.com/1/meshgraph-observations.fifo';
const sqs = mockClient(SQSClient);
const send = sqsQueue(URL, new SQSClient({ region: 'eu-central-1' }));
beforeEach(() => sqs.reset());

const failing = (name: string, httpStatusCode?: number) =>
  sqs.on(SendMessageBatchCommand).rejects(Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } }));

test('messages go out in their order, ten at a time, with group and deduplication of a FIFO queue', async () => {
  sqs.on(SendMessageBatchCommand).resolves({});
  await send(Array.from({ length: 23 }, (_, n) => ({ body: `m${n}`, group: 'prod', deduplication: `d${n}` })));
  const batches = sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input);
  expect(batches.map(({ Entries }) => Entries?.length)).toEqual([10, 10, 3]);
  expect(batches.flatMap(({ Entries }) => Entries?.map(({ MessageBody }) => MessageBody)).slice(9, 12)).toEqual([
    'm9',
    'm10',
    'm11',
  ]);
  expect(batches[2]?.Entries?.[2]).toMatchObject({ MessageGroupId: 'prod', MessageDeduplicationId: 'd22' });
});

test('nothing to send asks nobody', async () => {
  await send([]);
  expect(sqs.calls()).toEqual([]);
});

test('a message that the queue did not take is an error, by whose fault it was', async () => {
  const entry = { Id: '0', Code: 'InternalError', Message: 'oops', SenderFault: false };
  sqs.on(SendMessageBatchCommand).resolves({ Failed: [entry] });
  await expect(send([{ body: 'a' }, { body: 'b' }])).rejects.toThrow(UnavailableError);
  sqs
    .on(SendMessageBatchCommand)
    .resolves({ Failed: [{ ...entry, Code: 'InvalidMessageContents', SenderFault: true }] });
  await expect(send([{ body: 'a' }])).rejects.toThrow(ContractError);
  await expect(send([{ body: 'a' }])).rejects.toThrow(/1 were not taken \(InvalidMessageContents: oops\)/);
});

test('throttled, denied, missing, expired and unreachable are told apart', async () => {
  failing('RequestThrottled', 403);
  await expect(send([{ body: 'a' }])).rejects.toThrow(UnavailableError);
  failing('AccessDenied', 403);
  await expect(send([{ body: 'a' }])).rejects.toThrow(ForbiddenError);
  await expect(send([{ body: 'a' }])).rejects.toThrow(/the caller needs sqs:SendMessage there/);
  failing('QueueDoesNotExist', 400);
  await expect(send([{ body: 'a' }])).rejects.toThrow(NotFoundError);
  failing('ExpiredToken', 403);
  await expect(send([{ body: 'a' }])).rejects.toThrow(/credentials have expired/);
  failing('TimeoutError');
  await expect(send([{ body: 'a' }])).rejects.toThrow(/no answer from AWS/);
});
