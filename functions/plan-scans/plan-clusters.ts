import type { Configuration } from '../../shared/domain/configuration.ts';
import { UnavailableError } from '../../shared/domain/errors.ts';
import type { MetricName } from '../../shared/domain/metrics.ts';
import { type Deps, planCluster } from './plan-cluster.ts';

/** Where what was planned is told. */
export type Telling = {
  readonly log: {
    readonly info: (message: string, fields: Readonly<Record<string, string | number>>) => void;
    readonly error: (message: string, error: unknown, fields: Readonly<Record<string, string>>) => void;
  };
  readonly measure: (name: MetricName, value: number, cluster: string) => void;
};

/** Plans each cluster for itself: one that cannot be planned stops no other. Rejects in the end, so that it is tried again. */
export async function planClusters(
  deps: Deps,
  { clusters, scan, aws }: Pick<Configuration, 'clusters' | 'scan' | 'aws'>,
  now: number,
  { log, measure }: Telling,
): Promise<void> {
  const certificatesPeriodMs = aws.schedules.certificates;
  const failures: unknown[] = [];
  for (const { name: cluster } of clusters) {
    try {
      const { requests, secondsBehind } = await planCluster(deps, { cluster, scan, certificatesPeriodMs, now });
      measure('WindowsBehind', secondsBehind, cluster);
      log.info('planned', { cluster, requests: requests.length, secondsBehind });
    } catch (error) {
      failures.push(error);
      measure('ScanFailed', 1, cluster);
      log.error('could not be planned', error, { cluster });
    }
  }
  if (failures.length === 0) return;
  throw new UnavailableError(`${failures.length} of ${clusters.length} clusters could not be planned`, {
    cause: failures[0],
  });
}
