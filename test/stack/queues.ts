import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, SetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ACCOUNT } from './emulator.ts';

const WAITING = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** URL of a queue by its name. */
export const queueUrl = (endpoint: string, name: string): string => `${endpoint}/${ACCOUNT}/${name}`;

/** `observations.fifo` sets its hopeless messages aside in observations-dead-letters.fifo. */
export const deadLetterQueue = (name: string): string => name.replace(/(\.fifo)?$/, '-dead-letters$1');

/** Messages in a queue: those to be had, those being worked on or put off, those delayed. */
export async function queueLength(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...WAITING] }));
  return WAITING.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}

/** Waits until all queues are empty and stay so: who works on the last message may still send the next one. */
export async function drained(sqs: SQSClient, urls: readonly string[], withinMs: number): Promise<void> {
  const until = Date.now() + withinMs;
  let lengths: number[] = [];
  for (let empty = 0; empty < 3; ) {
    lengths = await Promise.all(urls.map((url) => queueLength(sqs, url)));
    empty = lengths.every((length) => length === 0) ? empty + 1 : 0;
    if (Date.now() > until) {
      const left = urls.map((url, i) => `${url.split('/').at(-1)}: ${lengths[i]}`).join(', ');
      throw new Error(`the queues were not empty after ${withinMs / 1000} s: ${left}`);
    }
    await sleep(200);
  }
}

/** For how long a message that was taken and neither done nor given back stays away, in seconds. */
export async function setVisibilityTimeout(sqs: SQSClient, QueueUrl: string, seconds: number): Promise<void> {
  const Attributes = { VisibilityTimeout: String(seconds) };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
}
