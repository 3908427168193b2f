import { bucketOf, chunkId, type Grain } from '../../domain/traffic-series/bucket.ts';
import { LAYERS } from '../../domain/traffic-series/slot.ts';
import type { WindowRow } from '../../domain/traffic-series/window-rows.ts';
import type { Window } from '../../domain/window.ts';
import { digestOf } from '../digest.ts';
import type { Fence } from '../lease.ts';
import { dropStaleSlots } from './drop-stale-slots.ts';
import type { ElementIds } from './write-nodes.ts';
import { type SlotWrite, writeSlots } from './write-slots.ts';

export type RowCounts = {
  /** Slots put at the end of a relationship, those that began one, and those put between others. */
  readonly appended: number;
  readonly created: number;
  readonly spliced: number;
  /** Slots of an earlier reading that this one does not have. */
  readonly dropped: number;
};

export const NO_ROWS: RowCounts = { appended: 0, created: 0, spliced: 0, dropped: 0 };

/** Writes the rows of one window to the relationships of `grain`; with `replace`, they are all that is left of the window. */
export async function writeRows(
  fence: Fence,
  window: Window,
  rows: readonly WindowRow[],
  { elementIds, grain, replace }: { readonly elementIds: ElementIds; readonly grain: Grain; readonly replace: boolean },
): Promise<RowCounts> {
  let total = NO_ROWS;
  for (const layer of LAYERS) {
    const writes = rows
      .filter(({ series }) => series.layer === layer)
      .map((row) => slotWrite(fence.cluster, row, elementIds, grain));
    const counts = await writeSlots(fence, layer, window, writes);
    const kept = new Set(writes.map(({ id }) => id));
    const dropped = replace ? await dropStaleSlots(fence, layer, { at: window.from, grain, kept }) : 0;
    total = {
      appended: total.appended + counts.appended,
      created: total.created + counts.created,
      spliced: total.spliced + counts.spliced,
      dropped: total.dropped + dropped,
    };
  }
  return total;
}

function slotWrite(
  cluster: string,
  { series, text, slot }: WindowRow,
  elementIds: ElementIds,
  grain: Grain,
): SlotWrite {
  const bucket = bucketOf(slot.at, grain);
  const id = chunkId(digestOf(text), grain, bucket);
  const identity = { id, cluster, grain, bucket, ...series.props };
  return { id, from: elementIds(series.from), to: elementIds(series.to), identity, slot };
}
