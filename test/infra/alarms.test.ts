import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { createAlarm, runbookHeadings } from '../../infra/alarm.ts';
import type { Deployment } from '../../infra/deployment.ts';
import { createTelemetry } from '../../shared/middleware/telemetry.ts';
import { consoleLines } from '../console-lines.ts';
import { resourcesOf, synthesise } from './synthesise.ts';

const root = join(import.meta.dirname, '../..');
const everything = synthesise('everything');
const alarms = resourcesOf(everything, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
const named = new Map(alarms.map((alarm) => [String(alarm.AlarmName), alarm]));
const headingOf = (alarm: Record<string, unknown>) =>
  /docs\/runbook\.md#(\S+)$/.exec(String(alarm.AlarmDescription))?.[1];

test('every alarm names a part of the runbook, and every part of the runbook belongs to an alarm', () => {
  const headings = alarms.map((alarm) => headingOf(alarm) ?? `none: ${alarm.AlarmName}`);
  expect(new Set(headings)).toEqual(new Set(runbookHeadings()));
});

test('links within the runbook lead to one of its parts', () => {
  const text = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
  const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor ?? '');
  expect(links.filter((anchor) => !runbookHeadings().has(anchor))).toEqual([]);
});

test('an alarm of which the runbook says nothing cannot be synthesised', () => {
  const stack = new Stack(new App(), 'empty');
  const deployment = { configuration: { aws: { stackName: 'mesh' } } } as unknown as Deployment;
  expect(() =>
    createAlarm(
      stack,
      { deployment, topic: new Topic(stack, 'topic') },
      {
        heading: 'nobody-knows',
        meaning: 'Something.',
        metric: new Metric({ namespace: 'a', metricName: 'b', period: Duration.minutes(5) }),
        comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold: 1,
      },
    ),
  ).toThrow('docs/runbook.md has no heading "## nobody-knows"');
});

test('every alarm tells the topic when it goes off and when it is over', () => {
  for (const { AlarmName, AlarmActions, OKActions } of alarms) {
    expect(JSON.stringify(AlarmActions), String(AlarmName)).toContain('meshgraphtopicsalarms');
    expect(OKActions).toEqual(AlarmActions);
  }
});

test('and CloudWatch of this account, and nobody else, may publish there', () => {
  const policies = resourcesOf(everything, 'AWS::SNS::TopicPolicy').map(([, { Properties }]) => Properties);
  const allowed = policies.flatMap(({ PolicyDocument }) =>
    (PolicyDocument as { Statement: Record<string, unknown>[] }).Statement.filter(({ Effect }) => Effect === 'Allow'),
  );
  expect(allowed).toMatchObject([
    {
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  ]);
  expect(JSON.stringify(allowed[0]?.Resource)).toContain('meshgraphtopicsalarms');
});

test('the key lets CloudWatch and the logs of this deployment use it, besides the account itself', () => {
  const [[, key] = []] = resourcesOf(everything, 'AWS::KMS::Key');
  const { Statement } = key!.Properties.KeyPolicy as {
    Statement: { Principal: Record<string, unknown>; Condition?: object }[];
  };
  const services = Statement.filter(({ Principal }) => 'Service' in Principal);
  expect(services.map(({ Principal }) => Principal.Service)).toEqual([
    'logs.eu-central-1.amazonaws.com',
    'cloudwatch.amazonaws.com',
  ]);
  for (const { Condition } of services) expect(Object.keys(Condition ?? {})).toHaveLength(1);
});

describe.each(['prod', 'prod-us', 'edge'])('the cluster %s', (cluster) => {
  test('is watched in each way it can be lost', () => {
    const kinds = [
      'windows-behind',
      'failed-scans',
      'unreachable-sources',
      'graph-refusals',
      'alert-delivery',
      'certificate-sweep',
    ];
    expect(kinds.filter((kind) => !named.has(`meshgraph-${kind}-${cluster}`))).toEqual([]);
  });

  test('is behind, and its certificates unread, when nothing is heard', () => {
    for (const kind of ['windows-behind', 'certificate-sweep']) {
      expect(named.get(`meshgraph-${kind}-${cluster}`), kind).toMatchObject({ TreatMissingData: 'breaching' });
    }
  });
});

type Measured = { readonly service: string; readonly name: string };
type MetricProperties = { Namespace?: string; MetricName?: string; Dimensions?: { Name: string; Value: string }[] };

/** Every one of our metrics that an alarm looks at. */
function watched(): Measured[] {
  return alarms
    .flatMap((alarm): MetricProperties[] => {
      const parts = (alarm.Metrics ?? []) as { MetricStat?: { Metric: MetricProperties } }[];
      return [alarm, ...parts.flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])];
    })
    .filter(({ Namespace }) => Namespace === 'meshgraph')
    .map(({ MetricName = '', Dimensions = [] }) => ({
      service: Dimensions.find(({ Name }) => Name === 'service')?.Value ?? '',
      name: MetricName,
    }));
}

test('an alarm looks at nothing that its function does not measure', () => {
  const sources = new Map(
    globSync('functions/**/*.ts', { cwd: root }).map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
  const measures = ({ service, name }: Measured) =>
    [...sources].some(([path, text]) => path.startsWith(`functions/${service}/`) && text.includes(`'${name}'`));
  const blind = watched().filter((metric) => !measures(metric));
  expect([...new Set(blind.map(({ service, name }) => `${service} never measures ${name}`))]).toEqual([]);
});

describe('what a function measures', () => {
  const console = consoleLines();

  test('has the very dimensions that its alarm looks at', () => {
    createTelemetry('plan-scans').measure('WindowsBehind', 5, 'prod');
    const [{ _aws, ...values } = {}] = console.all();
    const [{ Namespace, Dimensions } = {}] = (_aws as { CloudWatchMetrics: Record<string, unknown>[] })
      .CloudWatchMetrics;
    const alarm = named.get('meshgraph-windows-behind-prod') as MetricProperties;
    expect(Namespace).toBe(alarm.Namespace);
    const [names = []] = Dimensions as string[][];
    const watchedDimensions = (alarm.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]);
    expect(Object.fromEntries(names.map((name) => [name, values[name]]))).toEqual(
      Object.fromEntries(watchedDimensions),
    );
  });
});

test('one dashboard shows every queue and every function', () => {
  const body = JSON.stringify(resourcesOf(everything, 'AWS::CloudWatch::Dashboard'));
  for (const [id] of [
    ...resourcesOf(everything, 'AWS::SQS::Queue'),
    ...resourcesOf(everything, 'AWS::Lambda::Function'),
  ]) {
    expect(body).toContain(id);
  }
});
