import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type AwsCall, awsError } from '../domain/aws-error.ts';

/** Messages that failed too often, and the queue they came from. */
export type DeadLetters = {
  /** Without the stack's name before it and `-dead-letters` behind it: `observations`. */
  readonly name: string;
  readonly url: string;
  /** Where they came from; the queue of failed runs has none, since schedules come again by themselves. */
  readonly sourceUrl: string | undefined;
  readonly messages: number;
  /** When the oldest of ten that were looked at was first sent, in epoch ms; absent when there is none. */
  readonly oldest: number | undefined;
};

export type DeadLetterQueues = {
  readonly list: () => Promise<DeadLetters[]>;
  /** Sends as many as were listed back to where they came from, in their order. Resolves to how many were. */
  readonly moveBack: (letters: DeadLetters, onMoved: (count: number) => void) => Promise<number>;
};

const DEAD = /-dead-letters(?=(\.fifo)?$)/;
const FAILED_RUNS = 'failed-runs';
/** SQS gives ten messages at most. */
const BATCH = 10;
/** Long enough to send a batch on; whoever is cut off gives the rest back with it. */
const HELD_SECONDS = 60;

/** The dead-letter queues of one stack, told by their names. */
export function deadLetterQueues(stack: string, client: SQSClient): DeadLetterQueues {
  const nameOf = (url: string) =>
    url
      .split('/')
      .at(-1)
      ?.slice(stack.length + 1) ?? '';
  return {
    list: async () => {
      const urls = await queueUrls(client, `${stack}-`);
      const dead = urls.filter((url) => DEAD.test(url) || nameOf(url) === FAILED_RUNS);
      return Promise.all(
        dead.map(async (url) => {
          const source = url.replace(DEAD, '');
          const messages = await countMessages(client, url);
          return {
            name: nameOf(source).replace(/\.fifo$/, ''),
            url,
            sourceUrl: source !== url && urls.includes(source) ? source : undefined,
            messages,
            oldest: messages === 0 ? undefined : oldestOf(await receive(client, url, 0)),
          };
        }),
      );
    },
    moveBack: async ({ url, sourceUrl, messages }, onMoved) => {
      let moved = 0;
      // No more than there were: one that fails at once again must not go round in circles.
      while (sourceUrl !== undefined && moved < messages) {
        const batch = (await receive(client, url, HELD_SECONDS)).slice(0, messages - moved);
        if (batch.length === 0) break;
        for (const message of batch) {
          await sendOn(client, sourceUrl, message);
          await remove(client, url, message);
          onMoved(++moved);
        }
      }
      return moved;
    },
  };
}

const oldestOf = (messages: readonly Message[]): number | undefined => {
  const sent = messages
    .flatMap(({ Attributes }) => Number(Attributes?.SentTimestamp ?? Number.NaN))
    .filter(Number.isFinite);
  return sent.length === 0 ? undefined : Math.min(...sent);
};

async function queueUrls(client: SQSClient, QueueNamePrefix: string): Promise<string[]> {
  const urls: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client
      .send(new ListQueuesCommand({ QueueNamePrefix, MaxResults: 1000, ...(NextToken !== undefined && { NextToken }) }))
      .catch(told({ doing: `listing the queues ${QueueNamePrefix}*`, action: 'sqs:ListQueues' }));
    urls.push(...(page.QueueUrls ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return urls.sort();
}

async function countMessages(client: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes } = await client
    .send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }))
    .catch(told({ doing: `counting the messages of ${QueueUrl}`, action: 'sqs:GetQueueAttributes' }));
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}

async function receive(client: SQSClient, QueueUrl: string, VisibilityTimeout: number): Promise<Message[]> {
  const { Messages } = await client
    .send(
      new ReceiveMessageCommand({
        QueueUrl,
        VisibilityTimeout,
        MaxNumberOfMessages: BATCH,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp', 'MessageGroupId'],
      }),
    )
    .catch(told({ doing: `receiving from ${QueueUrl}`, action: 'sqs:ReceiveMessage' }));
  return Messages ?? [];
}

/** Sent under its own id in a FIFO queue, so that one sent on and not yet deleted when we were cut off is not doubled. */
async function sendOn(client: SQSClient, QueueUrl: string, { MessageId, Body, Attributes }: Message): Promise<void> {
  const group = Attributes?.MessageGroupId;
  await client
    .send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: Body,
        ...(QueueUrl.endsWith('.fifo') && { MessageGroupId: group, MessageDeduplicationId: `redrive-${MessageId}` }),
      }),
    )
    .catch(told({ doing: `sending a message back to ${QueueUrl}`, action: 'sqs:SendMessage' }));
}

async function remove(client: SQSClient, QueueUrl: string, { ReceiptHandle }: Message): Promise<void> {
  await client
    .send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
    .catch(told({ doing: `deleting a message of ${QueueUrl}`, action: 'sqs:DeleteMessage' }));
}

const told = (call: AwsCall) => (error: unknown) => {
  throw awsError(error, call);
};
