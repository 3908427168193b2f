import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type AlarmScope, createAlarm } from './alarm.ts';
import type { FunctionName } from './function-table.ts';
import { ourMetric, summed } from './metrics.ts';

const READERS: readonly FunctionName[] = ['read-traffic', 'read-cluster', 'read-certificates'];
const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator;

const HOUR = 3_600_000;

/** Is this cluster still watched? Silence counts as no. */
export class ClusterAlarms extends Construct {
  constructor(scope: Construct, cluster: string, to: AlarmScope) {
    super(scope, cluster);
    const { scan, aws } = to.deployment.configuration;
    const halfHour = Duration.minutes(30);
    createAlarm(this, to, {
      heading: 'windows-behind',
      subject: cluster,
      meaning: `Traffic of ${cluster} is not read, or read late.`,
      metric: ourMetric('WindowsBehind', 'plan-scans', {
        cluster,
        statistic: Stats.MAXIMUM,
        period: Duration.millis(Math.max(scan.period, 5 * 60_000)),
      }),
      comparison: GREATER_THAN_THRESHOLD,
      threshold: Math.max(4 * scan.period, halfHour.toMilliseconds()) / 1000,
      periods: 3,
      missingIsBad: true,
    });
    createAlarm(this, to, {
      heading: 'failed-scans',
      subject: cluster,
      meaning: `Scans of ${cluster} fail again and again.`,
      metric: summed('ScanFailed', ['plan-scans', ...READERS], cluster, halfHour),
      comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 3,
    });
    createAlarm(this, to, {
      heading: 'unreachable-sources',
      subject: cluster,
      meaning: `The Kubernetes API or Prometheus of ${cluster} does not answer, or refuses us.`,
      metric: summed('SourceUnreachable', READERS, cluster, halfHour),
      comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 3,
    });
    createAlarm(this, to, {
      heading: 'graph-refusals',
      subject: cluster,
      meaning: `Neo4j does not take what was read of ${cluster}.`,
      metric: ourMetric('GraphRefused', 'write-graph', { cluster, period: halfHour }),
      comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 3,
    });
    createAlarm(this, to, {
      heading: 'alert-delivery',
      subject: cluster,
      meaning: `Alerts about ${cluster} do not reach where a route says they should.`,
      metric: ourMetric('AlertFailed', 'send-alerts', { cluster, period: halfHour }),
      comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
    });
    createAlarm(this, to, {
      heading: 'certificate-sweep',
      subject: cluster,
      meaning: `What ${cluster} trusts was not read for two turns.`,
      metric: ourMetric('CertificateSweep', 'read-certificates', {
        cluster,
        period: Duration.millis(Math.min(Math.max(2 * aws.schedules.certificates, 3 * HOUR), 24 * HOUR)),
      }),
      comparison: LESS_THAN_THRESHOLD,
      threshold: 1,
      missingIsBad: true,
    });
  }
}
