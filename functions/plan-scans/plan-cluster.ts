import type { ScanConfiguration } from '../../shared/domain/configuration/scan.ts';
import { SCAN_REQUEST_SCHEMA, type ScanRequest } from '../../shared/domain/messages/scan-request.ts';
import type { Window } from '../../shared/domain/window.ts';
import { type Asked, NOTHING_ASKED } from './asked.ts';
import { planScans } from './plan-scans.ts';

export type Deps = {
  /** The windows that need no reading any more and end after an instant, and the oldest of all. */
  readonly readCovered: (cluster: string, after: number) => Promise<readonly Window[]>;
  readonly readAsked: (cluster: string) => Promise<Asked | undefined>;
  readonly writeAsked: (cluster: string, asked: Asked) => Promise<void>;
  readonly ask: (requests: readonly ScanRequest[]) => Promise<void>;
};

export type ClusterDue = {
  readonly cluster: string;
  readonly scan: ScanConfiguration;
  readonly certificatesPeriodMs: number;
  readonly now: number;
};

export type ClusterPlan = {
  readonly requests: readonly ScanRequest[];
  /** Seconds since the end of the oldest window that is not read yet; 0 when none is missing. */
  readonly secondsBehind: number;
};

/** An unanswered request is tried again by its queue for about as long; only then is the window asked for anew. */
const PATIENCE_MS = 3_600_000;

/**
 * Asks for what is due of one cluster: its objects and certificates once a period, and every window that is over and not
 * read, oldest first. Whether its sources answer is not looked at: what cannot be read now is asked for again, as far back
 * as `catchUp`. What was asked for is only noted to spare the queues: without the note everything is asked for again.
 */
export async function planCluster(
  deps: Deps,
  { cluster, scan, certificatesPeriodMs, now }: ClusterDue,
): Promise<ClusterPlan> {
  const asked = (await deps.readAsked(cluster)) ?? NOTHING_ASKED;
  const windows = await planScans(
    { readCovered: deps.readCovered, readBeginning: async (_, after) => after },
    {
      cluster,
      now,
      periodMs: scan.period,
      settlingMs: scan.settling,
      catchUpMs: scan.catchUp,
      firstScanMs: scan.firstScan,
    },
  );
  const askedAt = (window: Window) => asked.windows[nameOf(window)] ?? Number.NEGATIVE_INFINITY;
  const patience = Math.min(PATIENCE_MS, scan.catchUp / 2);
  const due = windows.filter((window) => now - askedAt(window) >= patience);
  // Schedules are a little early or late: half a window is no reason to skip a turn.
  const isDue = (last: number | undefined, period: number) => now - (last ?? 0) >= period - scan.period / 2;
  const envelope = { schema: SCAN_REQUEST_SCHEMA, cluster, requestedAt: now } as const;
  const requests: ScanRequest[] = [
    ...(isDue(asked.cluster, scan.clusterPeriod) ? [{ ...envelope, source: 'cluster' as const }] : []),
    ...(isDue(asked.certificates, certificatesPeriodMs) ? [{ ...envelope, source: 'certificates' as const }] : []),
    ...due.map((window) => ({ ...envelope, source: 'traffic' as const, window })),
  ];
  await deps.ask(requests);
  await deps.writeAsked(cluster, {
    cluster: requests.some(({ source }) => source === 'cluster') ? now : asked.cluster,
    certificates: requests.some(({ source }) => source === 'certificates') ? now : asked.certificates,
    windows: Object.fromEntries(
      windows.map((window) => [nameOf(window), due.includes(window) ? now : askedAt(window)]),
    ),
  });
  const [oldest] = windows;
  return { requests, secondsBehind: oldest === undefined ? 0 : (now - oldest.to) / 1000 };
}

const nameOf = ({ from, to }: Window): string => `${from}-${to}`;
