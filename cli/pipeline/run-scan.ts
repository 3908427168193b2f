import { setTimeout as sleep } from 'node:timers/promises';
import { type ObservationLog, observationLog } from '../../shared/adapters/observation-log.ts';
import type { ClusterConfiguration } from '../../shared/domain/configuration/cluster.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { MeshgraphError } from '../../shared/domain/errors.ts';
import type { Io } from '../io.ts';
import { createDelivery } from './delivery.ts';
import { type GraphProjection, openProjection } from './graph-projection.ts';
import { reads, type Source } from './options.ts';
import { type BundleScan, scanBundle } from './scan-bundle.ts';
import { type ScanRun, scanCluster } from './scan-cluster.ts';
import type { ScanReport } from './scan-report.ts';

export type ScanSettings = Pick<Configuration, 'scan' | 'entityModel'> & {
  readonly logDirectory: string;
  readonly report: ScanReport;
};

export type LiveScan = {
  readonly clusters: readonly ClusterConfiguration[];
  readonly only: Source | undefined;
  /** Traffic as of then instead of now; the API server only tells of now. */
  readonly at: number | undefined;
  readonly watch: boolean;
};

/** Scans a bundle once. `true` when all of it is in the graph. */
export async function runBundleScan(
  io: Io,
  settings: ScanSettings,
  bundle: Omit<BundleScan, 'periodMs' | 'entityModel'>,
): Promise<boolean> {
  return round(io, settings, (run) =>
    scanBundle(run, { ...bundle, periodMs: settings.scan.period, entityModel: settings.entityModel }),
  );
}

/** Scans live clusters once, or follows them until interrupted. `true` when the last round went well. */
export async function runLiveScan(io: Io, settings: ScanSettings, live: LiveScan): Promise<boolean> {
  const { scan } = settings;
  let objectsAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    const now = io.now();
    const objectsDue = live.at === undefined && now - objectsAt >= scan.clusterPeriod;
    if (objectsDue) objectsAt = now;
    const due: Record<Source, boolean> = { cluster: objectsDue, traffic: true };
    const sources = (['cluster', 'traffic'] as const).filter((source) => due[source] && reads(live.only, source));
    const clean = await round(io, settings, async (run) => {
      for (const cluster of live.clusters)
        await scanCluster(run, cluster, { sources, at: trafficUntil(live.at, now, scan) });
    });
    if (!live.watch || io.signal.aborted) return clean;
    await sleep(untilNextWindow(io.now(), scan), undefined, { signal: io.signal }).catch(() => undefined);
    if (io.signal.aborted) return clean;
  }
}

/** The instant whose settled windows are read: one that lies back far enough is settled as it is. */
const trafficUntil = (at: number | undefined, now: number, { settling }: Configuration['scan']): number =>
  at === undefined ? now : Math.min(at + settling, now);

/** Until the window that runs now is over and settled. */
function untilNextWindow(now: number, { period, settling }: Configuration['scan']): number {
  const settled = now - settling;
  return (Math.floor(settled / period) + 1) * period - settled;
}

/** Opens the graph anew each time, so that one that was away is taken back. */
async function round(io: Io, settings: ScanSettings, work: (run: ScanRun) => Promise<void>): Promise<boolean> {
  const { report } = settings;
  const log: ObservationLog = observationLog(settings.logDirectory);
  const lost = (error: unknown): undefined => {
    report.problem(undefined, 'graph', error);
  };
  const projection: GraphProjection | undefined = await openProjection(io).catch(lost);
  try {
    await work({
      env: io.env,
      now: io.now,
      signal: io.signal,
      scan: settings.scan,
      entityModel: settings.entityModel,
      log,
      delivery: createDelivery(log, projection, lost),
      onDelivered: report.delivered,
      onProblem: report.problem,
      onNote: report.note,
      progress: report.progress,
    });
  } catch (error) {
    if (!(error instanceof MeshgraphError)) throw error;
    report.problem(undefined, 'scan', error);
  } finally {
    await projection?.close();
  }
  return report.finish();
}
