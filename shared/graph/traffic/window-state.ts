import type { TrafficObservation } from '../../domain/observation.ts';
import { judgeReading, type Reading, type Verdict } from '../../domain/traffic-series/reading.ts';
import { isBeforeHorizon } from '../compaction/horizon.ts';
import type { Fence } from '../lease.ts';
import { beginFamilies, endFamilies, readUnfinished, recordScan } from '../ledger/ledger.ts';
import type { ScanRecord } from '../ledger/scan-record.ts';
import stateQuery from './window-state.cypher';

type WindowState = {
  /** The finished readings of windows that start at the same instant, by their key in the ledger. */
  readonly readings: readonly (Reading & { readonly key: string })[];
  /** The start of the latest window the ledger knows of the cluster; null before the first. */
  readonly newest: number | null;
};

export type OpenedWindow = Pick<WindowState, 'newest'> & {
  readonly verdict: Verdict;
  /** Its day may be rolled up already: it comes too late, whatever it says. */
  readonly isForgotten: boolean;
  /** The reading belongs in the ledger even where it does not stand: no other has its key, or an earlier one. */
  readonly isNews: boolean;
};

/**
 * Judges a reading by what the ledger knows. Where it is to be written, the ledger is told so before the first slot is:
 * should the write break off, whoever comes next knows that slots of a reading nobody finished may stand.
 */
export async function openWindow(
  fence: Fence,
  { window, readAt, coverage }: TrafficObservation,
  scan: ScanRecord,
): Promise<OpenedWindow> {
  const { cluster } = fence;
  const reading = { complete: coverage.complete, readAt, digest: scan.digest };
  return fence.transaction(async (tx) => {
    if (await isBeforeHorizon(tx, cluster, window.from)) {
      return { verdict: 'superseded', isForgotten: true, isNews: false, newest: null };
    }
    const [state] = await tx.run<WindowState>(stateQuery, { cluster, from: window.from });
    const { readings, newest } = state as WindowState;
    const unfinished = await readUnfinished(tx, cluster);
    const verdict = judgeReading(reading, readings, unfinished.includes(familyOf(window.from)));
    if (verdict === 'append' || verdict === 'replace') await beginFamilies(tx, cluster, [familyOf(window.from)]);
    const sameKey = readings.filter(({ key }) => key === scan.key);
    return { verdict, newest, isForgotten: false, isNews: judgeReading(reading, sameKey, false) !== 'superseded' };
  });
}

/** The window is whole: in one transaction the ledger takes the scan and forgets that its write began. */
export async function closeWindow(
  { cluster, transaction }: Fence,
  { window }: TrafficObservation,
  scan: ScanRecord,
): Promise<void> {
  await transaction(async (tx) => {
    await recordScan(tx, scan);
    await endFamilies(tx, cluster, [familyOf(window.from)]);
  });
}

/** To the ledger a window is a family of facts of its own: what of it is unfinished says nothing of other windows. */
const familyOf = (from: number): string => `traffic/${from}`;
