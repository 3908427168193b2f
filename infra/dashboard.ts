import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, PeriodOverride, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type Deployment, nameOf } from './deployment.ts';
import type { MeshFunction } from './function-defaults.ts';
import { ourMetric } from './metrics.ts';
import { QUEUE_NAMES } from './queue-table.ts';
import type { Queues } from './queues.ts';

const period = Duration.minutes(5);
const maximum = { period, statistic: Stats.MAXIMUM };
const sum = { period, statistic: Stats.SUM };

export type DashboardProps = { readonly functions: readonly MeshFunction[]; readonly queues: Queues };

/** One page: are we behind, does work pile up, do functions fail, do alerts arrive, how large is the graph. */
export function createDashboard(
  scope: Construct,
  deployment: Deployment,
  { functions, queues }: DashboardProps,
): Dashboard {
  const clusters = deployment.configuration.clusters.map(({ name }) => name);
  const perCluster = (make: (cluster: string) => IMetric): IMetric[] => clusters.map(make);
  const deadLetters = QUEUE_NAMES.map((name) => queues.of(name).deadLetters).concat(queues.failedRuns);
  return new Dashboard(scope, 'dashboard', {
    dashboardName: nameOf(deployment, 'overview'),
    periodOverride: PeriodOverride.AUTO,
    widgets: [
      [
        graph(
          'Seconds behind',
          perCluster((cluster) => ourMetric('WindowsBehind', 'plan-scans', { cluster, ...maximum })),
        ),
        graph(
          'Observations written',
          perCluster((cluster) => ourMetric('ObservationWritten', 'write-graph', { cluster, ...sum })),
        ),
        graph(
          'Refused by Neo4j',
          perCluster((cluster) => ourMetric('GraphRefused', 'write-graph', { cluster, ...sum })),
        ),
      ],
      [
        graph(
          'Oldest message',
          QUEUE_NAMES.map((name) => queues.of(name).queue.metricApproximateAgeOfOldestMessage(maximum)),
        ),
        graph(
          'Dead letters',
          deadLetters.map((queue) => queue.metricApproximateNumberOfMessagesVisible(maximum)),
        ),
        graph(
          'Alerts that failed',
          perCluster((cluster) => ourMetric('AlertFailed', 'send-alerts', { cluster, ...sum })),
        ),
      ],
      [
        graph(
          'Errors',
          functions.map(({ lambda }) => lambda.metricErrors(sum)),
        ),
        graph(
          'Longest run',
          functions.map(({ lambda }) => lambda.metricDuration(maximum)),
        ),
        graph('Size of the graph', [
          ourMetric('GraphNodes', 'compact-graph', { ...maximum, period: Duration.days(1) }),
          ourMetric('GraphRelationships', 'compact-graph', { ...maximum, period: Duration.days(1) }),
        ]),
      ],
    ],
  });
}

const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 8 });
