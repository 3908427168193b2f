import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type AlarmScope, createAlarm } from './alarm.ts';
import type { Api } from './api.ts';
import { ClusterAlarms } from './cluster-alarms.ts';
import { createDashboard } from './dashboard.ts';
import { alarmFunction } from './function-alarms.ts';
import type { MeshFunction } from './function-defaults.ts';
import { ourMetric } from './metrics.ts';
import { QUEUE_NAMES } from './queue-table.ts';
import type { Queues } from './queues.ts';

export type MonitoringProps = AlarmScope & {
  readonly functions: readonly MeshFunction[];
  readonly queues: Queues;
  readonly api: Api;
};

const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD } = ComparisonOperator;

/** Who watches the watcher: alarms on every function, queue and cluster, and one dashboard. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, { functions, queues, api, ...to }: MonitoringProps) {
    super(scope, id);
    const { clusters, retention } = to.deployment.configuration;
    for (const { name } of clusters) new ClusterAlarms(this, name, to);
    for (const name of QUEUE_NAMES) this.alarmDeadLetters(name, queues.of(name).deadLetters, to);
    this.alarmDeadLetters('failed-runs', queues.failedRuns, to);
    for (const target of functions) alarmFunction(target, to);
    createAlarm(this, to, {
      heading: 'api-errors',
      meaning: 'The API answers that the fault is its own.',
      metric: api.http.metricServerError({ period: Duration.minutes(15), statistic: Stats.SUM }),
      comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 5,
    });
    if (retention.budget !== undefined) this.alarmBudget(to);
    createDashboard(this, to.deployment, { functions, queues });
  }

  private alarmDeadLetters(name: string, queue: Queue, to: AlarmScope): void {
    createAlarm(this, to, {
      heading: 'dead-letters',
      subject: name,
      meaning: `Messages of ${name} were given up.`,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: Stats.MAXIMUM }),
      comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
    });
  }

  private alarmBudget(to: AlarmScope): void {
    createAlarm(this, to, {
      heading: 'graph-budget',
      meaning: 'The graph outgrows retention.budget, and nothing more can be given up.',
      metric: ourMetric('BudgetUsed', 'compact-graph', { statistic: Stats.MAXIMUM, period: Duration.days(1) }),
      comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 100,
    });
  }
}
