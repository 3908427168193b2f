import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Route, type SendAlertsDeps, sendAlerts } from '../../../functions/send-alerts/send-alerts.ts';
import { slackWebhook } from '../../../shared/adapters/slack-webhook.ts';
import { eventsChannel, peopleChannel } from '../../../shared/domain/alerts/channels.ts';
import type { AlertEvent } from '../../../shared/domain/alerts/event-of.ts';
import { FINDING_CHANGES } from '../../../shared/domain/alerts/finding-change.ts';
import { slackMessageOf } from '../../../shared/domain/alerts/slack-message.ts';
import { ALERT_REQUEST_SCHEMA } from '../../../shared/domain/messages/alert-request.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { writeFindings } from '../../../shared/graph/findings.ts';
import { DEFAULT_LEASE } from '../../../shared/graph/lease.ts';
import { withOutbox } from '../../../shared/graph/outbox/with-outbox.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { CLUSTER, minute, scan } from '../checks/small-mesh.ts';
import { evaluationAt, findingOf } from './recorded-findings.ts';
import { type RecordedSlack, startRecordedSlack } from './recorded-slack.ts';

let graph: Graph;
let slack: RecordedSlack;
let events: AlertEvent[];
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());
beforeEach(async () => {
  await refill(graph, [scan]);
  // An evaluation before: the next one is not the first.
  await writeFindings(graph, evaluationAt(0, []));
  slack = await startRecordedSlack();
  events = [];
  return () => slack.stop();
});

const RULES = { digestAbove: 3, firstRun: 'digest' as const };

const slackChannel = (paceMs: number) =>
  peopleChannel(RULES, paceMs, (parcel) => slackWebhook('ops', 2_000)(slack.webhook, slackMessageOf(parcel)));
const slackRoute = (more: Partial<Route> = {}): Route => ({
  name: 'ops',
  minSeverity: 'low',
  changes: [...FINDING_CHANGES],
  channel: slackChannel(0),
  ...more,
});
const busRoute = (): Route => ({
  name: 'bus',
  minSeverity: 'low',
  changes: [...FINDING_CHANGES],
  channel: eventsChannel(async (put) => {
    events.push(...put);
    return put.map(() => undefined);
  }, 10),
});

const deps = (routes: readonly Route[], more: Partial<SendAlertsDeps> = {}): SendAlertsDeps => ({
  routes,
  withOutbox: (cluster, work) => withOutbox(graph, cluster, work),
  now: Date.now,
  wait: (ms) => wait(ms / 10),
  remainingMs: () => 60_000,
  count: () => undefined,
  ...more,
});
const send = (n: number, routes: readonly Route[] = [slackRoute()], more: Partial<SendAlertsDeps> = {}) =>
  sendAlerts(deps(routes, more), { schema: ALERT_REQUEST_SCHEMA, cluster: CLUSTER, at: minute(n) });
const record = async (n: number, ...callers: string[]) =>
  writeFindings(graph, evaluationAt(n, await Promise.all(callers.map((caller) => findingOf(caller)))));

const posted = (): string[] => slack.posted.map(({ text }) => /: (\S+) was denied/.exec(text)?.[1] ?? text);
const pending = () => graph.read('MATCH (alert:Alert) WHERE alert.pendingIn IS NOT NULL RETURN alert.key AS key');

test('a message delivered twice by the queue is posted once', async () => {
  await record(1, 'a', 'b');
  await send(1);
  await send(1);
  expect(posted().sort()).toEqual(['a', 'b']);
  expect(await pending()).toEqual([]);
});

test('two runs at the same time post once: the second waits, or is asked to come again', async () => {
  await record(1, 'a', 'b', 'c');
  const runs = await Promise.allSettled([send(1), send(1), send(1)]);
  expect(posted().sort()).toEqual(['a', 'b', 'c']);
  for (const run of runs) {
    if (run.status === 'rejected') expect(run.reason).toMatchObject({ name: 'LeaseHeldError', status: 503 });
  }
});

test('a Slack that is busy for a moment is waited for, and a slow one is left to the queue', async () => {
  await record(1, 'a');
  slack.answerNext({ status: 429, headers: { 'retry-after': '1' } }, { status: 500 });
  await send(1);
  expect(posted()).toEqual(['a']);

  await record(2, 'a', 'b');
  slack.answerNext({ status: 429, headers: { 'retry-after': '120' } });
  await expect(send(2)).rejects.toMatchObject({ name: 'UnavailableError', retryAfterSeconds: 120 });
  expect(posted()).toEqual(['a']);
  await send(2);
  expect(posted()).toEqual(['a', 'b']);
});

test('a Slack that fails midway is told the rest, and the rest only', async () => {
  await record(1, 'a', 'b', 'c');
  const down = Array.from({ length: 3 }, () => ({ status: 503 }));
  slack.answerNext({ status: 200, body: 'ok' }, ...down);
  await expect(send(1)).rejects.toThrow(/were not delivered along ops: Slack answered 503/);
  expect(posted()).toHaveLength(1);
  await send(1);
  expect(posted().sort()).toEqual(['a', 'b', 'c']);
});

test('where Slack’s answer was lost the message is sent again: losing one is worse', async () => {
  await record(1, 'a');
  slack.answerNext({ status: 200, body: 'ok', afterMs: 4_000 });
  await send(1);
  expect(posted()).toEqual(['a', 'a']);
  expect(await pending()).toEqual([]);
});

test('a webhook that is gone fails in words, holds up no other route, and is told all once it is repaired', async () => {
  await record(1, 'a', 'b');
  const counted: Record<string, number> = {};
  const count: SendAlertsDeps['count'] = (name, value) => {
    counted[name] = (counted[name] ?? 0) + value;
  };
  slack.answerNext({ status: 410, body: 'channel_is_archived' });
  const routes = [slackRoute(), busRoute()];
  await expect(send(1, routes, { count })).rejects.toThrow(/ops: Slack answered 410 channel_is_archived/);
  expect(counted).toEqual({ AlertDelivered: 2, AlertFailed: 1 });
  expect(events).toHaveLength(2);
  await record(2, 'a', 'b', 'c');
  await send(2, routes);
  expect(posted().sort()).toEqual(['a', 'b', 'c']);
  expect(events).toHaveLength(3);
});

test('a message Slack will not take does not hold up the next, and is tried again when asked for', async () => {
  await record(1, 'a', 'b');
  slack.answerNext({ status: 400, body: 'invalid_blocks' });
  await expect(send(1)).rejects.toThrow(/invalid_blocks/);
  expect(posted()).toHaveLength(1);
  await record(2, 'a', 'b', 'c');
  await send(2);
  expect(posted()).toHaveLength(2);
  expect(await graph.read('MATCH (a:Alert {pendingIn: $c}) RETURN a.refusals AS refusals', { c: CLUSTER })).toEqual([
    { refusals: [expect.stringMatching(/^ops: Slack answered 400 invalid_blocks/)] },
  ]);
  await send(1);
  expect(posted().sort()).toEqual(['a', 'b', 'c']);
});

test('a run cut off between posting and noting it posts again, and the queue gets the rest', async () => {
  await record(1, 'a');
  const cutOff: SendAlertsDeps['withOutbox'] = (cluster, work) =>
    withOutbox(graph, cluster, (outbox) =>
      work({ ...outbox, markDelivered: () => Promise.reject(new Error('the process was killed')) }),
    );
  await expect(send(1, [slackRoute()], { withOutbox: cutOff })).rejects.toThrow('killed');
  await send(1);
  expect(posted()).toEqual(['a', 'a']);
});

test('a sender that slept until another took over does not send what is left', async () => {
  await record(1, 'a', 'b');
  const lease = { ttlMs: 50, wait: { ...DEFAULT_LEASE.wait, limitMs: 0 } };
  const sleepy: SendAlertsDeps['withOutbox'] = (cluster, work) =>
    withOutbox(
      graph,
      cluster,
      (outbox) =>
        work({
          ...outbox,
          markDelivered: async (...told) => {
            await outbox.markDelivered(...told);
            await wait(100);
            await send(1);
          },
        }),
      lease,
    );
  await expect(send(1, [slackRoute()], { withOutbox: sleepy })).rejects.toMatchObject({ name: 'LeaseLostError' });
  expect(posted().sort()).toEqual(['a', 'b']);
});

test('a run whose time is nearly up leaves the rest to the next', async () => {
  await record(1, 'a', 'b');
  const left = [60_000, 1_000];
  await expect(send(1, [slackRoute()], { remainingMs: () => left.shift() ?? 1_000 })).rejects.toMatchObject({
    name: 'UnavailableError',
    retryAfterSeconds: 0,
  });
  expect(posted()).toHaveLength(1);
  await send(1);
  expect(posted().sort()).toEqual(['a', 'b']);
});

test('a flood and a first run are one message each; a bus gets every change', async () => {
  const names = Array.from({ length: 30 }, (_, n) => `w${n}`);
  await record(1, ...names);
  await send(1, [slackRoute(), busRoute()]);
  expect(slack.posted.map(({ text }) => text)).toEqual([expect.stringMatching(/^30 changes in test/)]);
  expect(events).toHaveLength(30);
  await refill(graph, [scan]);
  await record(1, 'a', 'b');
  await send(1);
  expect(slack.posted.at(-1)?.text).toMatch(/^2 changes in test \(high\). What was there/);
});

test('messages to a webhook keep their distance', async () => {
  await record(1, 'a', 'b');
  await send(1, [slackRoute({ channel: slackChannel(1_500) })], { wait });
  const [first, second] = slack.posted;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_490);
});

test('what no route wants is done with', async () => {
  await record(1, 'a');
  await send(1, [slackRoute({ minSeverity: 'critical' }), slackRoute({ name: 'others', namespaces: ['other'] })]);
  expect(posted()).toEqual([]);
  expect(await pending()).toEqual([]);
});
