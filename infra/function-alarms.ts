import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type AlarmScope, createAlarm } from './alarm.ts';
import type { MeshFunction } from './function-defaults.ts';
import { type FunctionName, sizeOf } from './function-table.ts';

const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, GREATER_THAN_THRESHOLD } = ComparisonOperator;
const period = Duration.minutes(15);

/** What AWS itself says of a function: it threw, it was not let run, it nearly ran out of time. */
export function alarmFunction(target: MeshFunction, to: AlarmScope): void {
  const heading = target.node.id as FunctionName;
  const { timeout } = sizeOf(heading);
  createAlarm(target, to, {
    heading,
    subject: 'errors',
    meaning: `${heading} ended with an error nobody in it caught.`,
    metric: target.lambda.metricErrors({ period, statistic: Stats.SUM }),
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 3,
  });
  createAlarm(target, to, {
    heading,
    subject: 'throttles',
    meaning: `${heading} was wanted more often at once than it may run.`,
    metric: target.lambda.metricThrottles({ period, statistic: Stats.SUM }),
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 10,
    periods: 2,
  });
  createAlarm(target, to, {
    heading,
    subject: 'duration',
    meaning: `${heading} is stopped at 80 % of the ${timeout} s it has, or runs beyond.`,
    metric: target.lambda.metricDuration({ period, statistic: Stats.MAXIMUM }),
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 800 * timeout,
    periods: 2,
  });
}
