import { chunkId, DAY_MS, dayOf, hourIds } from '../../domain/traffic-series/bucket.ts';
import { identityOf } from '../../domain/traffic-series/pack.ts';
import { LAYERS, type Layer } from '../../domain/traffic-series/slot.ts';
import { mergeChunks } from '../../domain/traffic-series/splice.ts';
import type { Transaction } from '../connection.ts';
import type { Fence } from '../lease.ts';
import { createChunks, deleteChunks, readChunks, rewriteChunks } from './chunks.ts';
import { inBatches } from './in-batches.ts';
import { forLayer } from './layer-query.ts';
import unfoldedDay from './unfolded-day.cypher';
import unfoldedSeries from './unfolded-series.cypher';

const BATCH = 200;

/**
 * Folds the hours of days that are over into one relationship a series and day, oldest day first, at most `limit` series
 * of each layer. A day is over for a cluster when a window of a later day was written; `before` is the start of the day
 * that still runs. Returns how many series it folded: fewer than `limit` a layer means that nothing is left to fold.
 */
export async function foldClosedDays(fence: Fence, before: number, limit: number): Promise<number> {
  let folded = 0;
  for (const layer of LAYERS) {
    let left = limit;
    while (left > 0) {
      const [oldest] = await fence.transaction((tx) =>
        tx.run<{ bucket: number }>(forLayer(unfoldedDay, layer), { cluster: fence.cluster, before }),
      );
      if (!oldest) break;
      left -= await foldLayer(fence, layer, dayOf(oldest.bucket), left);
    }
    folded += limit - left;
  }
  return folded;
}

/** Folds what is left of one day at once, however much it is: a late window of that day goes into the folded day. */
export async function foldDay(fence: Fence, day: number): Promise<number> {
  let folded = 0;
  for (const layer of LAYERS) folded += await foldLayer(fence, layer, day, Number.MAX_SAFE_INTEGER);
  return folded;
}

async function foldLayer(fence: Fence, layer: Layer, day: number, limit: number): Promise<number> {
  const rows = await fence.transaction((tx) =>
    tx.run<{ series: string }>(forLayer(unfoldedSeries, layer), {
      cluster: fence.cluster,
      from: day,
      to: day + DAY_MS,
      limit,
    }),
  );
  await inBatches(rows, BATCH, (batch) =>
    fence.transaction((tx) =>
      foldSeries(
        tx,
        layer,
        day,
        batch.map(({ series }) => series),
      ),
    ),
  );
  return rows.length;
}

async function foldSeries(tx: Transaction, layer: Layer, day: number, series: readonly string[]): Promise<void> {
  const idsOf = (one: string) => [chunkId(one, 'day', day), ...hourIds(one, day)];
  const standing = await readChunks(tx, layer, series.flatMap(idsOf));
  const days = series.map((one) => {
    const chunks = idsOf(one).flatMap((id) => standing.get(id) ?? []);
    const packed = mergeChunks(
      layer,
      chunks.map(({ props }) => props),
    );
    return { id: chunkId(one, 'day', day), chunks, packed };
  });
  await deleteChunks(
    tx,
    layer,
    [...standing.values()].filter(({ props }) => props.grain === 'hour').map(({ id }) => id),
  );
  await rewriteChunks(
    tx,
    layer,
    days.flatMap(({ id, packed }) => {
      const chunk = standing.get(id);
      return chunk ? [{ chunk, packed }] : [];
    }),
  );
  await createChunks(
    tx,
    layer,
    days.flatMap(({ id, chunks: [hour], packed }) => {
      if (standing.has(id) || !hour) return [];
      const identity = { ...identityOf(layer, hour.props), id, grain: 'day', bucket: day };
      return [{ ...hour, id, props: { ...identity, ...packed } }];
    }),
  );
}
