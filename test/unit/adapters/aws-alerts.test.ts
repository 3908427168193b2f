import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { eventBus } from '../../../shared/adapters/aws-eventbridge.ts';
import { snsTopic } from '../../../shared/adapters/aws-sns.ts';
import { RefusedMessageError } from '../../../shared/domain/alerts/channel.ts';
import { eventOf } from '../../../shared/domain/alerts/event-of.ts';
import { snsMessageOf } from '../../../shared/domain/alerts/sns-message.ts';
import { ForbiddenError, NotFoundError, UnavailableError } from '../../../shared/domain/errors.ts';
import { alertOf } from '../alerts/example.ts';

const sns = mockClient(SNSClient);
const events = mockClient(EventBridgeClient);
beforeEach(() => {
  for (const mock of [sns, events]) mock.reset();
});

const alert = alertOf();
const publish = () =>
  snsTopic('arn:aws:sns:eu-west-1:123456789012:alerts')(snsMessageOf({ kind: 'alert', alert, alerts: [] }));
const put = (count = 1) => eventBus('default')(Array.from({ length: count }, () => eventOf(alert)));

const awsFault = (name: string, status: number, message = name) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

const calls = [
  ['SNS', (error: Error) => sns.on(PublishCommand).rejects(error), publish, /sns:Publish/],
  ['EventBridge', (error: Error) => events.on(PutEventsCommand).rejects(error), put, /events:PutEvents/],
] as const;

describe.each(calls)('%s', (_, reject, call, action) => {
  const failing = async (name: string, status: number) => {
    reject(awsFault(name, status));
    return call().then(
      () => undefined,
      (error: unknown) => error,
    );
  };

  test('that throttles or fails may be asked again', async () => {
    for (const [name, status] of [
      ['ThrottlingException', 400],
      ['TooManyRequestsException', 429],
      ['InternalFailure', 500],
    ] as const) {
      expect(await failing(name, status)).toBeInstanceOf(UnavailableError);
    }
  });

  test('that denies says which action is missing', async () => {
    const error = await failing('AccessDeniedException', 403);
    expect(error).toBeInstanceOf(ForbiddenError);
    expect((error as Error).message).toMatch(action);
  });

  test('that was asked with expired credentials says so', async () => {
    const error = await failing('ExpiredTokenException', 403);
    expect(error).toBeInstanceOf(ForbiddenError);
    expect((error as Error).message).toMatch(/expired/);
  });

  test('that does not answer may be asked again', async () => {
    reject(Object.assign(new Error('connect ETIMEDOUT'), { name: 'TimeoutError' }));
    await expect(call()).rejects.toThrow(UnavailableError);
  });
});

describe('a topic', () => {
  test('gets the alert with attributes that filter policies understand', async () => {
    sns.on(PublishCommand).resolves({ MessageId: '1' });
    await publish();
    const { input } = sns.commandCalls(PublishCommand)[0]!.args[0];
    expect(JSON.parse(input.Message!)).toEqual(alert);
    expect(input).toMatchObject({
      TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: 'high' },
        namespace: { DataType: 'String.Array', StringValue: '["books"]' },
      },
    });
  });

  test('that is not there is told apart from a message that is refused', async () => {
    sns.on(PublishCommand).rejects(awsFault('NotFound', 404));
    await expect(publish()).rejects.toThrow(NotFoundError);
    sns.on(PublishCommand).rejects(awsFault('InvalidParameter', 400, 'Invalid parameter: Message too long'));
    await expect(publish()).rejects.toThrow(RefusedMessageError);
    sns.on(PublishCommand).rejects(awsFault('InvalidParameter', 400, 'Invalid parameter: TopicArn'));
    await expect(publish()).rejects.not.toThrow(RefusedMessageError);
  });
});

describe('a bus', () => {
  test('that takes some events and leaves others tells which, and what to make of it', async () => {
    events.on(PutEventsCommand).resolves({
      FailedEntryCount: 3,
      Entries: [
        { EventId: '1' },
        { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow' },
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
        { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'no' },
      ],
    });
    const [taken, throttled, malformed, denied] = await put(4);
    expect(taken).toBeUndefined();
    expect(throttled).toBeInstanceOf(UnavailableError);
    expect(malformed).toBeInstanceOf(RefusedMessageError);
    expect(denied).toBeInstanceOf(ForbiddenError);
  });

  test('that says nothing of an event did not take it', async () => {
    events.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
    expect((await put())[0]).toBeInstanceOf(UnavailableError);
  });
});
