import type { Horizon } from '../../domain/compaction/horizon.ts';
import { mergeTotals } from '../../domain/compaction/merge-totals.ts';
import { bucketOf, chunkId, DAY_MS } from '../../domain/traffic-series/bucket.ts';
import { identityOf } from '../../domain/traffic-series/pack.ts';
import { LAYERS, type Layer } from '../../domain/traffic-series/slot.ts';
import type { Transaction } from '../connection.ts';
import type { Fence } from '../lease.ts';
import { type Chunk, createChunks, deleteChunks, readChunks, rewriteChunks } from '../traffic/chunks.ts';
import { forLayer } from '../traffic/layer-query.ts';
import oldestChunk from './traffic/oldest-chunk.cypher';
import seriesOfDays from './traffic/series-of-days.cypher';

const SERIES_A_BATCH = 200;
const LONGEST_MONTH = 31;

/** Merges days before the horizon into months, the oldest month first: one batch of series, each whole or not at all. */
export async function rollUpMonths(fence: Fence, { daysSince }: Horizon): Promise<number> {
  const { cluster } = fence;
  for (const layer of LAYERS) {
    const merged = await fence.transaction(async (tx) => {
      const days = { cluster, grain: 'day', before: daysSince };
      const [oldest] = await tx.run<{ at: number }>(forLayer(oldestChunk, layer), days);
      if (!oldest) return 0;
      const from = bucketOf(oldest.at, 'month');
      const to = Math.min(bucketOf(from + LONGEST_MONTH * DAY_MS, 'month'), daysSince);
      const rows = await tx.run<{ series: string }>(forLayer(seriesOfDays, layer), {
        cluster,
        from,
        to,
        limit: SERIES_A_BATCH,
      });
      await mergeSeries(
        tx,
        layer,
        { from, to },
        rows.map(({ series }) => series),
      );
      return rows.length;
    });
    if (merged > 0) return merged;
  }
  return 0;
}

async function mergeSeries(
  tx: Transaction,
  layer: Layer,
  { from, to }: { readonly from: number; readonly to: number },
  series: readonly string[],
): Promise<void> {
  const days = Array.from({ length: (to - from) / DAY_MS }, (_, day) => from + day * DAY_MS);
  const monthId = (one: string) => chunkId(one, 'month', from);
  const dayIds = (one: string) => days.map((day) => chunkId(one, 'day', day));
  const standing = await readChunks(
    tx,
    layer,
    series.flatMap((one) => [monthId(one), ...dayIds(one)]),
  );
  const created: Chunk[] = [];
  const rewritten: { chunk: Chunk; packed: Chunk['props'] }[] = [];
  for (const one of series) {
    const month = standing.get(monthId(one));
    const ofDays = dayIds(one).flatMap((id) => standing.get(id) ?? []);
    const packed = mergeTotals(
      layer,
      [...(month ? [month] : []), ...ofDays].map(({ props }) => props),
    );
    const [day] = ofDays;
    if (month) rewritten.push({ chunk: month, packed });
    else if (day) {
      const identity = { ...identityOf(layer, day.props), id: monthId(one), grain: 'month', bucket: from };
      created.push({ ...day, id: monthId(one), props: { ...identity, ...packed } });
    }
  }
  await deleteChunks(
    tx,
    layer,
    series.flatMap(dayIds).filter((id) => standing.has(id)),
  );
  await rewriteChunks(tx, layer, rewritten);
  await createChunks(tx, layer, created);
}
