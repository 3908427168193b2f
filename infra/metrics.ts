import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE, type MetricName } from '../shared/domain/metrics.ts';
import type { FunctionName } from './function-table.ts';

/** One of our own metrics as a function measures it, of one cluster where it tells clusters apart. */
export const ourMetric = (
  metricName: MetricName,
  service: FunctionName,
  { cluster, statistic = Stats.SUM, period }: { cluster?: string; statistic?: string; period: Duration },
): Metric =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { ...(cluster !== undefined && { cluster }), service },
    statistic,
    period,
  });

/** The same metric summed over several functions, absent ones counted as zero. */
export function summed(
  metricName: MetricName,
  services: readonly FunctionName[],
  cluster: string,
  period: Duration,
): IMetric {
  const names = services.map(
    (service, index) => [`m${index}`, ourMetric(metricName, service, { cluster, period })] as const,
  );
  return new MathExpression({
    expression: names.map(([name]) => `FILL(${name}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(names),
    label: metricName,
    period,
  });
}
