import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { register } from '../../../../cli/commands/redrive.ts';
import { runProgram } from '../../../../cli/program.ts';
import { recordingIo } from '../recording-io.ts';

const AT = 'https://sqs.eu-central-1.amazonaws.com/123456789012/';
const SENT = Date.parse('2026-11-23T12:00:00Z');
const sqs = mockClient(SQSClient);
type Held = { id: string; body: string; group?: string };
let queues: Record<string, Held[]>;

/** Queues as SQS keeps them: a message received stays away, a deleted one is gone. */
beforeEach(() => {
  sqs.reset();
  queues = {
    'mesh-observations.fifo': [],
    'mesh-observations-dead-letters.fifo': Array.from({ length: 12 }, (_, n) => ({
      id: `o${n}`,
      body: `pointer ${n}`,
      group: 'prod',
    })),
    'mesh-traffic-scans': [],
    'mesh-traffic-scans-dead-letters': [{ id: 't', body: 'window' }],
    'mesh-alerts.fifo': [],
    'mesh-alerts-dead-letters.fifo': [],
    'mesh-failed-runs': [{ id: 'f', body: 'event' }],
  };
  const of = (url = '') => queues[url.slice(AT.length)]!;
  const away = new Set<string>();
  sqs.on(ListQueuesCommand).callsFake(async ({ QueueNamePrefix }) => ({
    QueueUrls: Object.keys(queues)
      .filter((name) => name.startsWith(QueueNamePrefix))
      .map((name) => AT + name),
  }));
  sqs.on(GetQueueAttributesCommand).callsFake(async ({ QueueUrl }) => ({
    Attributes: { ApproximateNumberOfMessages: String(of(QueueUrl).length) },
  }));
  sqs.on(ReceiveMessageCommand).callsFake(async ({ QueueUrl, VisibilityTimeout }) => {
    const given = of(QueueUrl)
      .filter(({ id }) => !away.has(id))
      .slice(0, 10);
    if (VisibilityTimeout > 0) for (const { id } of given) away.add(id);
    return {
      Messages: given.map(({ id, body, group }, n) => ({
        MessageId: id,
        ReceiptHandle: `receipt-${id}`,
        Body: body,
        Attributes: { SentTimestamp: String(SENT + n), ...(group !== undefined && { MessageGroupId: group }) },
      })),
    };
  });
  sqs.on(SendMessageCommand).callsFake(async ({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }) => {
    of(QueueUrl).push({ id: MessageDeduplicationId, body: MessageBody, group: MessageGroupId });
    return {};
  });
  sqs.on(DeleteMessageCommand).callsFake(async ({ QueueUrl, ReceiptHandle }) => {
    const name = QueueUrl.slice(AT.length);
    queues[name] = of(QueueUrl).filter(({ id }) => `receipt-${id}` !== ReceiptHandle);
    return {};
  });
});

async function redrive(...args: string[]) {
  const io = recordingIo({ now: () => SENT });
  await runProgram(['redrive', '--stack', 'mesh', '--region', 'eu-central-1', ...args], '0', io, [register]);
  return io.said;
}

test('every queue’s dead letters go back in their order, and what there was is told', async () => {
  const { out, code } = await redrive('-o', 'json');
  expect(code).toBeUndefined();
  expect(JSON.parse(out).queues).toEqual([
    { name: 'alerts', messages: 0, moved: 0 },
    { name: 'failed-runs', messages: 1, oldest: SENT, moved: 0 },
    { name: 'observations', messages: 12, oldest: SENT, moved: 12 },
    { name: 'traffic-scans', messages: 1, oldest: SENT, moved: 1 },
  ]);
  expect(queues['mesh-observations.fifo']).toEqual(
    Array.from({ length: 12 }, (_, n) => ({ id: `redrive-o${n}`, body: `pointer ${n}`, group: 'prod' })),
  );
  expect(queues['mesh-observations-dead-letters.fifo']).toEqual([]);
  expect(queues['mesh-traffic-scans']).toEqual([{ id: undefined, body: 'window', group: undefined }]);
});

test('a second time there is nothing left to send', async () => {
  await redrive();
  const { out } = await redrive('--queue', 'observations', '-o', 'json');
  expect(JSON.parse(out).queues).toEqual([{ name: 'observations', messages: 0, moved: 0 }]);
  expect(queues['mesh-observations.fifo']).toHaveLength(12);
});

test('one queue alone, or only a look', async () => {
  await redrive('--queue', 'traffic-scans');
  expect(queues['mesh-observations-dead-letters.fifo']).toHaveLength(12);
  const { out } = await redrive('--list');
  expect(out).toContain('observations');
  expect(out).toMatch(/observations +12 +2026-11-23T12:00:00Z +0/);
  expect(queues['mesh-observations-dead-letters.fifo']).toHaveLength(12);
});

test('one that fails at once again does not go round in circles', async () => {
  sqs.on(SendMessageCommand).callsFake(async ({ MessageBody }) => {
    queues['mesh-traffic-scans-dead-letters']!.push({ id: `again-${MessageBody}`, body: MessageBody });
    return {};
  });
  const { out } = await redrive('--queue', 'traffic-scans', '-o', 'json');
  expect(JSON.parse(out).queues).toMatchObject([{ moved: 1 }]);
});

test('what could not be sent stays where it is', async () => {
  sqs.on(SendMessageCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
  const { err, code } = await redrive('--queue', 'traffic-scans');
  expect(code).toBe(2);
  expect(err).toContain('needs sqs:SendMessage');
  expect(queues['mesh-traffic-scans-dead-letters']).toHaveLength(1);
});

test.each([
  ['AccessDenied', /needs sqs:ListQueues/],
  ['ExpiredToken', /credentials have expired, log in again/],
  ['CredentialsProviderError', /check profile and role/],
  ['RequestThrottled', /try again later/],
])('%s is told in words, exit 2', async (name, words) => {
  sqs.on(ListQueuesCommand).rejects(Object.assign(new Error('no'), { name }));
  const { err, code } = await redrive();
  expect(err).toMatch(words);
  expect(code).toBe(2);
});

test('no such stack and no such queue are told apart', async () => {
  expect((await redrive('--stack', 'other')).err).toContain('no dead-letter queue of a stack "other" here');
  expect((await redrive('--queue', 'observation')).err).toContain(
    'no dead-letter queue "observation": it has alerts, failed-runs, observations, traffic-scans',
  );
});
