import { planScans } from '../../functions/plan-scans/plan-scans.ts';
import { readCluster } from '../../functions/read-cluster/read-cluster.ts';
import { readingSettings } from '../../functions/read-traffic/lookback.ts';
import { noSamples } from '../../functions/read-traffic/no-samples.ts';
import { readBeginning } from '../../functions/read-traffic/read-beginning.ts';
import { readTraffic } from '../../functions/read-traffic/read-traffic.ts';
import type { ObservationLog } from '../../shared/adapters/observation-log.ts';
import type { ClusterConfiguration } from '../../shared/domain/configuration/cluster.ts';
import type { ScanConfiguration } from '../../shared/domain/configuration/scan.ts';
import type { EntityModel } from '../../shared/domain/entity-model.ts';
import type { Window } from '../../shared/domain/window.ts';
import type { Delivered, Delivery } from './delivery.ts';
import { connectCluster, type LiveCluster } from './live-cluster.ts';
import type { Source } from './options.ts';
import { ownPods } from './own-pods.ts';

export type ScanRun = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly scan: ScanConfiguration;
  readonly entityModel: EntityModel;
  readonly log: ObservationLog;
  readonly delivery: Delivery;
  readonly onDelivered: (delivered: Delivered) => void;
  /** A source that cannot be read; the others go on. */
  readonly onProblem: (cluster: string, source: string, error: unknown) => void;
  readonly onNote: (cluster: string, source: string, text: string) => void;
  readonly progress: (text: string) => void;
};

export type Sources = {
  readonly sources: readonly Source[];
  /** Traffic is read as if it were then. */
  readonly at: number;
};

/** Reads a live cluster's sources, each for itself: its objects as they are, and its traffic windows not yet read. */
export async function scanCluster(run: ScanRun, cluster: ClusterConfiguration, what: Sources): Promise<void> {
  const live = connectCluster(run, cluster);
  for await (const delivered of run.delivery.deliverPending(cluster.name)) run.onDelivered(delivered);
  for (const source of what.sources) {
    if (run.signal.aborted) return;
    try {
      if (source === 'cluster') await scanObjects(run, cluster.name, live);
      else await scanTraffic(run, cluster, live, what.at);
    } catch (error) {
      run.onProblem(cluster.name, source, error);
    }
  }
}

async function scanObjects(run: ScanRun, cluster: string, live: LiveCluster): Promise<void> {
  run.progress(`${cluster}: reading objects`);
  const deps = { list: await live.lister(), now: run.now };
  run.onDelivered(await run.delivery.deliver(await readCluster(deps, { cluster, entityModel: run.entityModel })));
}

async function scanTraffic(run: ScanRun, cluster: ClusterConfiguration, live: LiveCluster, at: number): Promise<void> {
  const { scan, log, delivery } = run;
  const { labels } = cluster.prometheus;
  const own = ownPods(cluster.name, log, delivery);
  const windows = await planWindows(run, cluster, live, at);
  if (windows.length === 0) {
    run.onNote(cluster.name, 'traffic', 'nothing to read: every window that is over and settled was read before');
  }
  for (const window of windows) {
    if (run.signal.aborted) return;
    run.progress(`${cluster.name}: reading traffic of ${new Date(window.from).toISOString()}`);
    const observation = await readTraffic(
      { query: live.query, now: run.now },
      {
        cluster: cluster.name,
        window,
        labels,
        ...readingSettings(scan),
      },
    );
    run.onDelivered(await delivery.deliver(await own(observation)));
  }
}

function planWindows(
  run: ScanRun,
  { name, prometheus }: ClusterConfiguration,
  live: LiveCluster,
  at: number,
): Promise<Window[]> {
  const { scan, log, delivery } = run;
  return planScans(
    {
      readCovered: (cluster, after) =>
        delivery.projection()?.readCovered(cluster, after) ?? log.windows(cluster, after),
      readBeginning: async (_, after) => {
        const { period: periodMs, settling: settlingMs, lookback: lookbackMs } = scan;
        const { labels } = prometheus;
        const beginning = await readBeginning(live.query, { after, now: at, periodMs, settlingMs, lookbackMs, labels });
        if (beginning === undefined) throw noSamples(labels, { from: after, to: at });
        return beginning;
      },
    },
    {
      cluster: name,
      now: at,
      periodMs: scan.period,
      settlingMs: scan.settling,
      catchUpMs: scan.catchUp,
      firstScanMs: scan.firstScan,
    },
  );
}
