import type { TrafficObservation } from '../../domain/observation.ts';
import { dayOf } from '../../domain/traffic-series/bucket.ts';
import type { Verdict } from '../../domain/traffic-series/reading.ts';
import { windowRows } from '../../domain/traffic-series/window-rows.ts';
import type { Fence } from '../lease.ts';
import { recordScan } from '../ledger/ledger.ts';
import { scanRecord } from '../ledger/scan-record.ts';
import { foldClosedDays, foldDay } from './fold-days.ts';
import { closeWindow, openWindow } from './window-state.ts';
import { writeNodes } from './write-nodes.ts';
import { NO_ROWS, type RowCounts, writeRows } from './write-rows.ts';

export type TrafficSummary = RowCounts & {
  readonly verdict: Verdict;
  /** Series of days that are over whose hours became one relationship. */
  readonly folded: number;
};

/** What one window may have to do for the days before it: at most so many series of each layer. */
const FOLDS_A_WINDOW = 1_000;

const NOTHING = { ...NO_ROWS, folded: 0 };

/**
 * Writes one window of traffic and its entry in the ledger. Of all readings of a window (those that start at the same
 * instant) one stands (see `judgeReading`), in whatever order they come and however often: the graph is the same as if
 * only that one had come. A write that broke off is made good by the next one of the same window. A window before the
 * compaction horizon is superseded: its day is closed for good.
 */
export async function writeTraffic(fence: Fence, observation: TrafficObservation): Promise<TrafficSummary> {
  const { window } = observation;
  const scan = scanRecord(observation);
  const { verdict, newest, isNews, isForgotten } = await openWindow(fence, observation, scan);
  if (verdict === 'duplicate' || isForgotten) return { verdict, ...NOTHING };

  const rows = windowRows(observation);
  // A reading that does not stand has seen the nodes it names all the same, whether it comes first or last.
  const elementIds = await writeNodes(
    fence,
    rows.map(({ series }) => series),
    window,
  );
  if (verdict === 'superseded') {
    if (isNews) await fence.transaction((tx) => recordScan(tx, scan));
    return { verdict, ...NOTHING };
  }

  const openDay = dayOf(Math.max(window.from, newest ?? 0));
  const isLate = window.from < openDay;
  const foldedFirst = isLate ? await foldDay(fence, dayOf(window.from)) : 0;
  const grain = isLate ? 'day' : 'hour';
  const written = await writeRows(fence, window, rows, { elementIds, grain, replace: verdict === 'replace' });
  await closeWindow(fence, observation, scan);
  return { verdict, ...written, folded: foldedFirst + (await foldClosedDays(fence, openDay, FOLDS_A_WINDOW)) };
}
