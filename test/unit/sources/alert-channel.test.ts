import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';
import { alertChannel } from '../../../shared/sources/alert-channel.ts';
import { alertOf } from '../alerts/example.ts';

const secrets = mockClient(SecretsManagerClient);
const sns = mockClient(SNSClient);
const events = mockClient(EventBridgeClient);
beforeEach(() => {
  for (const mock of [secrets, sns, events]) mock.reset();
  sns.on(PublishCommand).resolves({});
  events.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }] });
});

const places = { topicArn: 'arn:aws-cn:sns:cn-north-1:123456789012:meshgraph-alerts', busName: 'default' };

/** Sends one alert along a route as the configuration has it. */
function sendTo(to: string): Promise<unknown> {
  const { alerts } = parseConfiguration(`alerts: {routes: [{name: ops, to: ${to}}]}`, 'meshgraph.yaml', CHECKS);
  const channel = alertChannel(alerts.routes[0]!, alerts, places);
  return channel.plan([{ alert: alertOf(), first: false }])[0]!.send();
}

test('a route to SNS publishes to meshgraph’s own topic, or to the one it names', async () => {
  await sendTo('{sns: {}}');
  await sendTo('{sns: {topicArn: "arn:aws:sns:eu-west-1:210987654321:theirs"}}');
  const topics = sns.commandCalls(PublishCommand).map(({ args }) => args[0].input.TopicArn);
  expect(topics).toEqual([places.topicArn, 'arn:aws:sns:eu-west-1:210987654321:theirs']);
});

test('a route to events puts them on the bus', async () => {
  await sendTo('{events: {}}');
  const [entry] = events.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
  expect(entry).toMatchObject({ EventBusName: 'default', Source: 'meshgraph', DetailType: 'Finding Opened' });
});

test('a route to Slack whose secret is missing fails in words, when it is used', async () => {
  const missing = Object.assign(new Error('none'), {
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 400 },
  });
  secrets.on(GetSecretValueCommand).rejects(missing);
  await expect(sendTo('{slack: {webhook: {secret: slack/ops}}}')).rejects.toThrow(/secret slack\/ops/);
});
