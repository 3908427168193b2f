import type { Window } from '../../domain/window.ts';
import { edgeKey, type Latency } from './calls.ts';
import { vanishedBetween } from './counter.ts';
import { latencies } from './groupings.ts';
import type { TrafficLabels } from './labels.ts';
import { QUANTILES } from './promql.ts';
import { inGrouping, targetHistories } from './raw.ts';
import { labelKey, lowerBound, type RawSeries, type Row } from './series.ts';

/**
 * The latency of each edge (key of `edgeKey`) from the rows of the quantiles query. An edge of several rows (a mirrored
 * Service behind several gateway addresses) has none: a percentile cannot be told from theirs.
 */
export function latenciesFromRows(rows: readonly Row[], names: TrafficLabels): Map<string, Latency> {
  const found = new Map<string, Partial<Record<string, number>>>();
  const mixed = new Set<string>();
  for (const { labels, value } of rows) {
    const key = edgeKey(labels, names);
    if (key === undefined || !Number.isFinite(value)) continue;
    const { quantile = '' } = labels;
    if (found.get(key)?.[quantile] !== undefined) mixed.add(key);
    found.set(key, { ...found.get(key), [quantile]: value });
  }
  return new Map(
    [...found].flatMap(([key, q]) => {
      const { 0.5: p50, 0.95: p95, 0.99: p99 } = q;
      const known = p50 !== undefined && p95 !== undefined && p99 !== undefined && !mixed.has(key);
      return known ? [[key, { p50, p95, p99 }]] : [];
    }),
  );
}

/**
 * The same from raw samples: per bucket the difference of the last value in the window and the last before, or the last
 * value alone after a reset (a percentile of a window with a reset speaks of the requests since).
 */
export function latenciesFromRaw(
  series: readonly RawSeries[],
  window: Window,
  lookbackMs: number,
  names: TrafficLabels,
): Map<string, Latency> {
  const targets = targetHistories(series, names);
  const groupings = latencies(names).flat();
  const histograms = new Map<string, { labels: Record<string, string>; buckets: Map<number, number> }>();
  for (const one of series) {
    const grouping = groupings.find(
      (candidate) => inGrouping(one.labels, candidate) && keptBy(candidate.by, one, names),
    );
    if (grouping === undefined) continue;
    const up = targets.get(labelKey(one.labels, names.target))?.up;
    const grown = differenceIn(one, window, lookbackMs, up);
    if (grown === undefined) continue;
    const { le, ...labels } = kept(one.labels, grouping.by);
    const key = JSON.stringify(Object.entries(labels).sort());
    const { buckets } = histograms.get(key) ?? { buckets: new Map<number, number>() };
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    histograms.set(key, { labels, buckets: buckets.set(bound, (buckets.get(bound) ?? 0) + grown) });
  }
  const rows = [...histograms.values()].flatMap(({ labels, buckets }) =>
    QUANTILES.map((q) => ({
      labels: { ...labels, quantile: String(q) },
      value: histogramQuantile(q, buckets) ?? Number.NaN,
    })),
  );
  return latenciesFromRows(rows, names);
}

/** A series with a known kind is grouped by it; the grouping by pod is for the others. */
const keptBy = (by: readonly string[], one: RawSeries, names: TrafficLabels): boolean =>
  edgeKey(kept(one.labels, by), names) !== undefined;

const kept = (labels: RawSeries['labels'], by: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => by.includes(name)));

function differenceIn(
  { times, values }: RawSeries,
  window: Window,
  lookbackMs: number,
  up: RawSeries | undefined,
): number | undefined {
  const end = lowerBound(times, window.to) - 1;
  if (end < 0 || (times[end] as number) < window.from) return undefined;
  const last = values[end] as number;
  const before = lowerBound(times, window.from) - 1;
  const time = times[before];
  if (time === undefined || time < window.from - lookbackMs || vanishedBetween(up, time, window.from)) return last;
  const difference = last - (values[before] as number);
  return difference >= 0 ? difference : last;
}

/**
 * The quantile of a cumulative histogram as Prometheus computes it (prometheus promql/quantile.go bucketQuantile): linear
 * inside the bucket, the highest finite bound as ceiling. None for an empty histogram.
 */
function histogramQuantile(q: number, buckets: ReadonlyMap<number, number>): number | undefined {
  const bounds = [...buckets.keys()].sort((a, b) => a - b);
  const total = buckets.get(Number.POSITIVE_INFINITY);
  if (total === undefined || total === 0 || bounds.length < 2) return undefined;
  const rank = q * total;
  const at = bounds.findIndex((bound) => (buckets.get(bound) as number) >= rank);
  if (at === bounds.length - 1) return bounds[at - 1];
  const bound = bounds[at] as number;
  if (at === 0 && bound <= 0) return bound;
  const start = at === 0 ? 0 : (bounds[at - 1] as number);
  const below = at === 0 ? 0 : (buckets.get(start) as number);
  return start + (bound - start) * ((rank - below) / ((buckets.get(bound) as number) - below));
}
