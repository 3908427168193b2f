import type { Horizon } from '../../domain/compaction/horizon.ts';
import {
  rollUpWindows,
  type ScanEntry,
  scansToForget,
  type WindowEntry,
} from '../../domain/compaction/roll-up-ledger.ts';
import { DAY_MS, type Grain } from '../../domain/traffic-series/bucket.ts';
import type { Fence } from '../lease.ts';
import setMarks from './horizon/set-marks.cypher';
import createScans from './ledger/create-scans.cypher';
import deleteScans from './ledger/delete-scans.cypher';
import scansOfDay from './ledger/scans-of-day.cypher';
import windowsOfDay from './ledger/windows-of-day.cypher';
import { type Marks, nextDay } from './next-day.ts';

/**
 * Rolls the ledger of one day up, in one transaction with the marks that say so: traffic windows become one entry an hour
 * or day, of scans of objects and certificates the newest is kept.
 */
export async function rollUpLedgerDay(fence: Fence, day: number, grain: Grain, marks: Marks): Promise<void> {
  const { cluster } = fence;
  const span = { cluster, from: day, to: day + DAY_MS };
  await fence.transaction(async (tx) => {
    const entries = await tx.run<WindowEntry>(windowsOfDay, span);
    const keys = entries.map(({ key }) => key);
    for (const source of ['cluster', 'certificates']) {
      keys.push(...scansToForget(await tx.run<ScanEntry>(scansOfDay, { ...span, source }), grain));
    }
    await tx.run(deleteScans, { keys });
    await tx.run(createScans, { scans: rollUpWindows(cluster, entries, grain) });
    await tx.run(setMarks, { cluster, marks });
  });
}

/** The ledger of the oldest day that is kept by the hour and need not be. Answers 0 when there is none. */
export async function rollUpLedger(fence: Fence, { daysSince }: Horizon): Promise<number> {
  const day = await nextDay(fence, 'ledgerByDayTo', daysSince);
  if (day === undefined) return 0;
  await rollUpLedgerDay(fence, day, 'day', { ledgerByDayTo: day + DAY_MS });
  return 1;
}
