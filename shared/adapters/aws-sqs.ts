import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SendMessageBatchResultEntry,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { AWS_CLIENT } from '../domain/aws-client.ts';
import { awsError } from '../domain/aws-error.ts';
import { ContractError, UnavailableError } from '../domain/errors.ts';

export type OutgoingMessage = {
  readonly body: string;
  /** Of a FIFO queue: messages of one group are delivered in order, one after another. */
  readonly group?: string;
  /** Of a FIFO queue: sent again within five minutes, it is sent once. At most 128 characters. */
  readonly deduplication?: string;
};

/** Sends messages in their order. Rejects when one of them was not taken; those before it may have been. */
export type SendMessages = (messages: readonly OutgoingMessage[]) => Promise<void>;

/** SendMessageBatch's own limit. */
const BATCH = 10;

export function sqsQueue(queueUrl: string, client: SQSClient = new SQSClient(AWS_CLIENT)): SendMessages {
  return async (messages) => {
    for (let start = 0; start < messages.length; start += BATCH) {
      await sendBatch(client, queueUrl, messages.slice(start, start + BATCH));
    }
  };
}

async function sendBatch(client: SQSClient, queueUrl: string, messages: readonly OutgoingMessage[]): Promise<void> {
  const Entries = messages.map(
    ({ body, group, deduplication }, index): SendMessageBatchRequestEntry => ({
      Id: String(index),
      MessageBody: body,
      ...(group !== undefined && { MessageGroupId: group }),
      ...(deduplication !== undefined && { MessageDeduplicationId: deduplication }),
    }),
  );
  const doing = `sending ${messages.length} messages to ${queueUrl}`;
  const { Failed = [] } = await client
    .send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
    .catch((error): { Failed?: never; Successful?: SendMessageBatchResultEntry[] } => {
      throw awsError(error, { doing, action: 'sqs:SendMessage', whenMissing: 'there is no such queue: deploy again' });
    });
  const [first] = Failed;
  if (first === undefined) return;
  const told = `${doing}: ${Failed.length} were not taken (${first.Code}: ${first.Message ?? 'no reason given'})`;
  throw first.SenderFault ? new ContractError(told) : new UnavailableError(`${told}; try again later`);
}
