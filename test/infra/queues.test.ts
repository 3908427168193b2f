import { describe, expect, test } from 'vitest';
import { kindOf, QUEUE_NAMES } from '../../infra/queue-table.ts';
import { resourcesOf, synthesise } from './synthesise.ts';

const everything = synthesise('everything');
const queues = resourcesOf(everything, 'AWS::SQS::Queue');
const byPath = new Map(
  queues.map(([id, { Properties }]) => [everything.paths.get(id), { id, properties: Properties }]),
);
const mappings = resourcesOf(everything, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);

describe.each(QUEUE_NAMES)('the queue %s', (name) => {
  const { id, properties } = byPath.get(`queues/${name}/queue`)!;
  const mapping = mappings.find(({ EventSourceArn }) => JSON.stringify(EventSourceArn).includes(`"${id}"`))!;
  const target = everything.resources[(mapping.FunctionName as { Ref: string }).Ref]!.Properties;

  test(`feeds ${kindOf(name).consumer}, which returns what failed of a batch`, () => {
    expect(target.FunctionName).toBe(`meshgraph-${kindOf(name).consumer}`);
    expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  test('hides a message for at least six time-outs of its function', () => {
    expect(Number(properties.VisibilityTimeout)).toBeGreaterThanOrEqual(6 * Number(target.Timeout));
  });

  test('keeps order within a cluster where order matters', () => {
    const ordered = ['observations', 'evaluations', 'alerts'].includes(name);
    expect(properties.FifoQueue ?? false).toBe(ordered);
    expect(String(properties.QueueName).endsWith('.fifo')).toBe(ordered);
  });

  test('sets aside what failed again and again, for 14 days, longer than it keeps anything itself', () => {
    const { deadLetterTargetArn, maxReceiveCount } = properties.RedrivePolicy as {
      deadLetterTargetArn: { 'Fn::GetAtt': [string, 'Arn'] };
      maxReceiveCount: number;
    };
    const dead = everything.resources[deadLetterTargetArn['Fn::GetAtt'][0]]!.Properties;
    expect(maxReceiveCount).toBeGreaterThanOrEqual(3);
    expect(dead.MessageRetentionPeriod).toBe(14 * 86_400);
    expect(dead.FifoQueue).toBe(properties.FifoQueue);
    expect(Number(properties.MessageRetentionPeriod)).toBeLessThan(14 * 86_400);
  });
});

test('every queue where something ends is watched by an alarm', () => {
  const ends = [...byPath].filter(([path]) => path?.endsWith('dead-letters') || path === 'queues/failed-runs');
  const alarms = resourcesOf(everything, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  expect(ends).toHaveLength(QUEUE_NAMES.length + 1);
  for (const [path, { id }] of ends) {
    const watching = alarms.filter(({ Dimensions }) => JSON.stringify(Dimensions)?.includes(`"${id}"`));
    expect(watching, path).toMatchObject([{ MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 }]);
  }
});
