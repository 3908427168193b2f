import type { TrafficObservation } from '../../domain/observation.ts';
import { dayOf } from '../../domain/traffic-series/bucket.ts';
import { judgeReading, type Verdict } from '../../domain/traffic-series/reading.ts';
import { windowRows } from '../../domain/traffic-series/window-rows.ts';
import type { Transaction } from '../connection.ts';
import type { Fence } from '../lease.ts';
import { foldClosedDays, foldDay } from './fold-days.ts';
import { beginWindow, endWindow, readWindowState } from './window-state.ts';
import { writeNodes } from './write-nodes.ts';
import { NO_ROWS, type RowCounts, writeRows } from './write-rows.ts';

/** The ledger's part: the digest of the observation, and its entry, written in the transaction that ends the window. */
export type LedgerEntry = { readonly digest: string; readonly record: (tx: Transaction) => Promise<unknown> };

export type TrafficSummary = RowCounts & {
  readonly verdict: Verdict;
  /** Series of days that are over whose hours became one relationship. */
  readonly folded: number;
};

/** What one window may have to do for the days before it: at most so many series of each layer. */
const FOLDS_A_WINDOW = 1_000;

const NOTHING = { ...NO_ROWS, folded: 0 };

/**
 * Writes one window of traffic. Of all readings of a window (those that start at the same instant) the one read last
 * stands, in whatever order they come and however often: the graph is the same as if only that one had come. A write
 * that broke off is made good by the next one of the same window.
 */
export async function writeTraffic(
  fence: Fence,
  observation: TrafficObservation,
  entry: LedgerEntry,
): Promise<TrafficSummary> {
  const { window, readAt } = observation;
  const { readings, dirty, newest } = await readWindowState(fence, window);
  const verdict = judgeReading({ readAt, digest: entry.digest }, readings, dirty);
  if (verdict === 'duplicate') return { verdict, ...NOTHING };

  const rows = windowRows(observation);
  const nodes = () =>
    writeNodes(
      fence,
      rows.map(({ series }) => series),
      window,
    );
  if (verdict === 'superseded') {
    // A reading that does not stand has seen the nodes it names all the same, whether it comes first or last.
    await nodes();
    await fence.transaction(entry.record);
    return { verdict, ...NOTHING };
  }

  await beginWindow(fence, window);
  const openDay = dayOf(Math.max(window.from, newest ?? 0));
  const isLate = window.from < openDay;
  const foldedFirst = isLate ? await foldDay(fence, dayOf(window.from)) : 0;
  const written = await writeRows(fence, window, rows, {
    elementIds: await nodes(),
    grain: isLate ? 'day' : 'hour',
    replace: verdict === 'replace',
  });
  await endWindow(fence, window, entry.record);
  return { verdict, ...written, folded: foldedFirst + (await foldClosedDays(fence, openDay, FOLDS_A_WINDOW)) };
}
