import { dayOf } from '../../domain/traffic-series/bucket.ts';
import { LAYERS } from '../../domain/traffic-series/slot.ts';
import type { Fence } from '../lease.ts';
import { endFamilies, readUnfinished } from '../ledger/ledger.ts';
import { dropStaleSlots } from '../traffic/drop-stale-slots.ts';
import { foldDay } from '../traffic/fold-days.ts';
import isWritten from './ledger/is-written.cypher';

/**
 * Windows before `end` whose write broke off and that nobody delivered again: of those the ledger does not know, what
 * was written goes, or its totals would count what no reading vouches for. Answers how many there were.
 */
export async function settleUnfinished(fence: Fence, end: number): Promise<number> {
  const { cluster } = fence;
  const unfinished = await fence.transaction((tx) => readUnfinished(tx, cluster));
  const windows = unfinished.flatMap((family) => {
    const [, from] = /^traffic\/(\d+)$/.exec(family) ?? [];
    return from !== undefined && Number(from) < end ? [{ family, from: Number(from) }] : [];
  });
  for (const { family, from } of windows) {
    const written = await fence.transaction((tx) => tx.run(isWritten, { cluster, from }));
    if (written.length === 0) {
      await foldDay(fence, dayOf(from));
      for (const layer of LAYERS) await dropStaleSlots(fence, layer, { at: from, grain: 'day', kept: new Set() });
    }
    await fence.transaction((tx) => endFamilies(tx, cluster, [family]));
  }
  return windows.length;
}
