import { seriesDigestOf } from '../../domain/traffic-series/bucket.ts';
import { identityOf, type Packed, unpackSlots } from '../../domain/traffic-series/pack.ts';
import { type Layer, MEASURES, type Slot } from '../../domain/traffic-series/slot.ts';
import type { Graph } from '../connection.ts';
import chunksById from './chunks-by-id.cypher';
import { forLayer } from './layer-query.ts';

type ChunkRow = {
  readonly id: string;
  readonly fromLabel: string;
  readonly from: string;
  readonly toLabel: string;
  readonly to: string;
  readonly props: Packed;
};

const PAGE = 1_000;

/**
 * All traffic as JSON lines in ascending order, one a series with all its windows: the same whatever hours or days the
 * windows are packed in, and in whatever order they were written; after them the days and months that were rolled up. Holds one series at a time in memory.
 */
export async function* canonicalTraffic(
  graph: Graph,
  { cluster }: { readonly cluster?: string } = {},
): AsyncGenerator<string> {
  for (const layer of ['ARRIVED_AT', 'CALLED'] as const) {
    let series: ChunkRow[] = [];
    for await (const chunk of readInOrder(graph, layer, cluster ?? null)) {
      if (series[0] && seriesDigestOf(series[0].id) !== seriesDigestOf(chunk.id)) {
        yield canonicalLine(layer, series);
        series = [];
      }
      series.push(chunk);
    }
    if (series.length > 0) yield canonicalLine(layer, series);
  }
}

async function* readInOrder(graph: Graph, layer: Layer, cluster: string | null): AsyncGenerator<ChunkRow> {
  for (let after = ''; ; ) {
    const page: ChunkRow[] = await graph.read(forLayer(chunksById, layer), { after, cluster, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.id;
  }
}

function canonicalLine(layer: Layer, chunks: readonly ChunkRow[]): string {
  const [{ id, fromLabel, from, toLabel, to, props }] = chunks as [ChunkRow, ...ChunkRow[]];
  const { id: _id, bucket: _bucket, grain: _grain, ...identity } = identityOf(layer, props);
  const slots = chunks.flatMap((chunk) => unpackSlots(layer, chunk.props)).toSorted((a, b) => a.at - b.at);
  const rolledUp = chunks
    .filter(({ props }) => props.at === undefined)
    .map(({ props }) => canonicalTotals(layer, props));
  return JSON.stringify({
    type: layer,
    series: seriesDigestOf(id),
    from: [fromLabel, from],
    to: [toLabel, to],
    identity: sortKeys(identity),
    windows: slots.map(canonicalSlot),
    ...(rolledUp.length > 0 && { rolledUp }),
  });
}

/** A day or month that has no windows any more. */
function canonicalTotals(layer: Layer, { grain, bucket, ...props }: Packed) {
  const counts = props.codeCounts as readonly number[];
  const outcomes = (props.codes as readonly string[]).map((code, i) => [code, counts[i] as number] as const);
  return {
    grain,
    bucket,
    ...sortKeys(Object.fromEntries(['firstAt', 'lastAt', ...MEASURES[layer].sums].map((name) => [name, props[name]]))),
    outcomes: sortKeys(Object.fromEntries(outcomes)),
  };
}

const canonicalSlot = ({ at, length, values, outcomes }: Slot) => ({
  at,
  length,
  ...sortKeys(values),
  outcomes: sortKeys(outcomes),
});

const sortKeys = <Value>(map: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));
