import { alignedWindows, type Window } from '../../shared/domain/window.ts';

export type Deps = {
  /** The windows of traffic that were read and end after an instant, and the oldest and newest of all. */
  readonly readCovered: (cluster: string, after: number) => Promise<readonly Window[]>;
  /** From when on the source can tell growth (functions/read-traffic/read-beginning.ts), looked for after an instant; `undefined` = never. */
  readonly readBeginning: (cluster: string, after: number) => Promise<number | undefined>;
};

export type ScanPlan = {
  readonly cluster: string;
  /** Epoch ms, as are all instants. */
  readonly now: number;
  readonly periodMs: number;
  /** How long after a window's end late scrapes may still come in. */
  readonly settlingMs: number;
  /** Windows that ended longer ago than this are not read any more. */
  readonly catchUpMs: number;
  /** How far back the first scan of a cluster reaches. */
  readonly firstScanMs: number;
};

/**
 * The traffic windows to read now, oldest first: those that are over and settled, and that no window read before
 * overlaps, whatever its length: nothing is counted twice. A cluster read before is caught up as far as `catchUpMs` or
 * its first window, holes included.
 */
export async function planScans(deps: Deps, plan: ScanPlan): Promise<Window[]> {
  const { cluster, periodMs } = plan;
  const end = plan.now - plan.settlingMs;
  const covered = await deps.readCovered(cluster, end - plan.catchUpMs);
  const first = Math.min(...covered.map((window) => window.from));
  const from = first < end ? Math.max(end - plan.catchUpMs, first) : end - Math.min(plan.firstScanMs, plan.catchUpMs);
  const beginning = await deps.readBeginning(cluster, from);
  if (beginning === undefined) return [];
  return alignedWindows(Math.max(from, beginning), end, periodMs).filter((window) => !overlapped(window, covered));
}

/** Whether some other window has an instant in common with this one. */
export const overlapped = (window: Window, others: readonly Window[]): boolean =>
  others.some(({ from, to }) => from < window.to && window.from < to);
