import type { Horizon } from '../../domain/compaction/horizon.ts';
import { windowLists } from '../../domain/compaction/merge-totals.ts';
import { DAY_MS } from '../../domain/traffic-series/bucket.ts';
import { LAYERS } from '../../domain/traffic-series/slot.ts';
import type { Fence } from '../lease.ts';
import { foldClosedDays } from '../traffic/fold-days.ts';
import { forLayer } from '../traffic/layer-query.ts';
import { runBatch } from './batch.ts';
import { nextDay } from './next-day.ts';
import { rollUpLedgerDay } from './roll-up-ledger.ts';
import { settleUnfinished } from './settle-unfinished.ts';
import dropWindows from './traffic/drop-windows.cypher';

const SERIES_A_BATCH = 1_000;

/**
 * One batch of the oldest day not yet rolled up: its hours become days, its relationships lose their single windows, and
 * the ledger keeps it by the hour. Answers 0 when every day before the horizon is done.
 */
export async function rollUpDays(fence: Fence, { windowsSince }: Horizon): Promise<number> {
  const day = await nextDay(fence, 'rolledUpTo', windowsSince);
  if (day === undefined) return 0;
  const end = day + DAY_MS;
  const folded = (await settleUnfinished(fence, end)) + (await foldClosedDays(fence, end, SERIES_A_BATCH));
  if (folded > 0) return folded;
  for (const layer of LAYERS) {
    const lists = Object.fromEntries(windowLists(layer).map((name) => [name, null]));
    const dropped = await runBatch(fence, forLayer(dropWindows, layer), { day, lists }, SERIES_A_BATCH);
    if (dropped > 0) return dropped;
  }
  await rollUpLedgerDay(fence, day, 'hour', { rolledUpTo: end });
  return 1;
}
