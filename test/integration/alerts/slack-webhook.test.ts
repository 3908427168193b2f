import { afterEach, beforeEach, expect, test } from 'vitest';
import { slackWebhook } from '../../../shared/adapters/slack-webhook.ts';
import { RefusedMessageError } from '../../../shared/domain/alerts/channel.ts';
import { slackMessage } from '../../../shared/domain/alerts/slack-blocks.ts';
import { ForbiddenError, InvalidInputError, NotFoundError, UnavailableError } from '../../../shared/domain/errors.ts';
import { type RecordedSlack, startRecordedSlack } from './recorded-slack.ts';

let slack: RecordedSlack;
beforeEach(async () => {
  slack = await startRecordedSlack();
});
afterEach(() => slack.stop());

const post = (webhook = slack.webhook, timeoutMs = 5_000) =>
  slackWebhook('ops', timeoutMs)(webhook, slackMessage('hello', []));
const failure = (webhook?: string, timeoutMs?: number): Promise<Error> =>
  post(webhook, timeoutMs).then(
    () => new Error('it was posted'),
    (error: Error) => error,
  );

test('a message is posted', async () => {
  await post();
  expect(slack.posted.map(({ text }) => text)).toEqual(['hello']);
});

test('what may pass says so, and Slack’s own word on when', async () => {
  slack.answerNext({ status: 429, headers: { 'retry-after': '30' } }, { status: 500 }, { status: 503 });
  expect(await failure()).toMatchObject({ name: 'UnavailableError', retryAfterSeconds: 30 });
  for (const _ of [500, 503]) expect(await failure()).toBeInstanceOf(UnavailableError);
});

test('no answer in time, and nobody there, may pass', async () => {
  slack.answerNext({ status: 200, body: 'ok', afterMs: 2_000 });
  expect(await failure(slack.webhook, 300)).toMatchObject({
    name: 'UnavailableError',
    message: 'no answer from Slack in 0.3 s',
  });
  expect(await failure('http://127.0.0.1:1/services/a-secret')).toBeInstanceOf(UnavailableError);
});

test.each([
  [403, 'action_prohibited', ForbiddenError],
  [404, 'no_service', NotFoundError],
  [410, 'channel_is_archived', NotFoundError],
  [302, '', InvalidInputError],
  [400, 'invalid_blocks', RefusedMessageError],
])('%i %s fails for good, in words, and never with the webhook in them', async (status, body, kind) => {
  slack.answerNext({ status, body, headers: { location: 'http://127.0.0.1:1/' } });
  const error = await failure();
  expect(error).toBeInstanceOf(kind);
  expect(error.message).toContain(`${status} ${body}`.trim());
  expect(JSON.stringify({ ...error, message: error.message })).not.toContain('a-secret');
});

test('a message at fault is told from a webhook at fault', async () => {
  slack.answerNext({ status: 404, body: 'no_service' });
  expect(await failure()).not.toBeInstanceOf(RefusedMessageError);
});

test.each(['xoxb-a-secret', 'https://xoxb:a-secret@hooks.slack.com/services'])(
  'a secret that is no webhook is told by its route, and not shown: %s',
  async (secret) => {
    const error = await failure(secret);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.message).toMatch(/route ops/);
    expect(`${error.message} ${error.cause}`).not.toContain('xoxb');
  },
);
