import { outcomeEntries, type Packed, packSlots } from '../../domain/traffic-series/pack.ts';
import type { Layer, Slot } from '../../domain/traffic-series/slot.ts';
import { putSlot } from '../../domain/traffic-series/splice.ts';
import type { Window } from '../../domain/window.ts';
import type { Transaction } from '../connection.ts';
import type { Fence } from '../lease.ts';
import appendArrivals from './append-arrivals.cypher';
import appendCalls from './append-calls.cypher';
import { createChunks, readChunks, rewriteChunks } from './chunks.ts';
import { inBatches } from './in-batches.ts';
import type { RowCounts } from './write-rows.ts';

const BATCH = 5_000;

/** One window of one series and the relationship it goes to, with the properties that one has beside its windows. */
export type SlotWrite = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly identity: Packed;
  readonly slot: Slot;
};

type SlotCounts = Pick<RowCounts, 'appended' | 'created' | 'spliced'>;

const APPEND = { CALLED: appendCalls, ARRIVED_AT: appendArrivals } as const satisfies Record<Layer, string>;

/**
 * Writes one window's slots of one layer; a slot that stands already is replaced. Where the window is the latest of its
 * relationship (nearly always) the database appends to the lists by itself; the rest are created, or read and spliced.
 */
export async function writeSlots(
  fence: Fence,
  layer: Layer,
  window: Window,
  writes: readonly SlotWrite[],
): Promise<SlotCounts> {
  let total: SlotCounts = { appended: 0, created: 0, spliced: 0 };
  await inBatches(writes, BATCH, async (batch) => {
    const counts = await fence.transaction((tx) => writeBatch(tx, layer, window, batch));
    total = {
      appended: total.appended + counts.appended,
      created: total.created + counts.created,
      spliced: total.spliced + counts.spliced,
    };
  });
  return total;
}

async function writeBatch(
  tx: Transaction,
  layer: Layer,
  window: Window,
  batch: readonly SlotWrite[],
): Promise<SlotCounts> {
  const rows = await tx.run<{ ids: string[] }>(APPEND[layer], {
    rows: batch.map(appendRow),
    at: window.from,
    length: window.to - window.from,
  });
  const appended = new Set(rows[0]?.ids);
  const left = batch.filter(({ id }) => !appended.has(id));
  const standing = await readChunks(
    tx,
    layer,
    left.map(({ id }) => id),
  );
  const fresh = left.filter(({ id }) => !standing.has(id));
  await createChunks(
    tx,
    layer,
    fresh.map(({ id, from, to, identity, slot }) => ({
      id,
      from,
      to,
      props: { ...identity, ...packSlots(layer, [slot]) },
    })),
  );
  await rewriteChunks(
    tx,
    layer,
    left.flatMap(({ id, slot }) => {
      const chunk = standing.get(id);
      return chunk ? [{ chunk, packed: putSlot(layer, chunk.props, slot) }] : [];
    }),
  );
  return { appended: appended.size, created: fresh.length, spliced: standing.size };
}

function appendRow({ id, slot }: SlotWrite) {
  const entries = outcomeEntries(slot);
  return {
    id,
    ...slot.values,
    codes: entries.map(({ code }) => code),
    countOf: Object.fromEntries(entries.map(({ code, count }) => [code, count])),
  };
}
