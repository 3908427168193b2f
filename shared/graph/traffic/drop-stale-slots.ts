import { bucketOf, type Grain } from '../../domain/traffic-series/bucket.ts';
import type { Layer } from '../../domain/traffic-series/slot.ts';
import { dropSlot } from '../../domain/traffic-series/splice.ts';
import type { Fence } from '../lease.ts';
import { deleteChunks, readChunks, rewriteChunks } from './chunks.ts';
import chunksWithWindow from './chunks-with-window.cypher';
import { inBatches } from './in-batches.ts';
import { forLayer } from './layer-query.ts';

const BATCH = 2_000;

/**
 * Removes the slots of the window starting at `at` from every relationship of the cluster but those in `kept`: what an
 * earlier reading told and the standing one does not. A relationship without a window left goes with them.
 */
export async function dropStaleSlots(
  fence: Fence,
  layer: Layer,
  { at, grain, kept }: { readonly at: number; readonly grain: Grain; readonly kept: ReadonlySet<string> },
): Promise<number> {
  const rows = await fence.transaction((tx) =>
    tx.run<{ id: string }>(forLayer(chunksWithWindow, layer), {
      cluster: fence.cluster,
      grain,
      bucket: bucketOf(at, grain),
      at,
    }),
  );
  const stale = rows.map(({ id }) => id).filter((id) => !kept.has(id));
  await inBatches(stale, BATCH, (ids) =>
    fence.transaction(async (tx) => {
      const chunks = await readChunks(tx, layer, ids);
      const left = [...chunks.values()].map((chunk) => ({ chunk, packed: dropSlot(layer, chunk.props, at) }));
      await rewriteChunks(
        tx,
        layer,
        left.flatMap(({ chunk, packed }) => (packed ? [{ chunk, packed }] : [])),
      );
      await deleteChunks(
        tx,
        layer,
        left.flatMap(({ chunk, packed }) => (packed ? [] : [chunk.id])),
      );
    }),
  );
  return stale.length;
}
