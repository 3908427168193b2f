import { COUNTERS, LATENCY_FAMILIES } from '../../linkerd/traffic/groupings.ts';
import type { TrafficLabels } from '../../linkerd/traffic/labels.ts';
import type { RawSeries } from '../../linkerd/traffic/series.ts';
import type { Window } from '../window.ts';
import type { BundleRecord } from './record.ts';
import { encodeSamples } from './samples.ts';

export type SampleDeps = {
  /** Evaluates PromQL at an instant (epoch ms). */
  readonly query: (promql: string, at: number) => Promise<{ readonly series: readonly RawSeries[] }>;
  readonly write: (record: BundleRecord) => Promise<void>;
  readonly progress: (text: string) => void;
};

export type SampleRecording = {
  readonly span: Window;
  /** Samples up to here are in the bundle already, by the number of their series. */
  readonly recorded: { readonly to: number; readonly series: Map<string, number> };
  readonly recordedAt: number;
  /** How far before the span samples are taken; further back only where scraping paused for longer. */
  readonly lookbackMs: number;
  readonly farLookbackMs: number;
  readonly labels: TrafficLabels;
};

/**
 * An answer of 300,000 samples is some 10 MB of JSON. A slice, all families of some time, is in memory whole when the
 * bundle is scanned.
 */
export type SampleLimits = { readonly answer: number; readonly slice: number };
const LIMITS: SampleLimits = { answer: 300_000, slice: 3_000_000 };

/** What tells of certificates and versions; older proxies name some without `control_` (Linkerd 2.14 and 2.15). */
const CERTIFICATES = [
  'control_identity_cert_expiration_timestamp_seconds',
  'control_identity_cert_refresh_timestamp_seconds',
  'control_identity_cert_refreshes_total',
  'identity_cert_expiration_timestamp_seconds',
  'identity_cert_refresh_timestamp_seconds',
  'identity_cert_refreshes_total',
  'identity_cert_refresh_count',
  'issuer_cert_ttl_seconds',
  'proxy_build_info',
];

/**
 * Every series meshgraph reads, one selector a family: an answer holds one of them for a slice of time. `matchers` are
 * added to each. The direction is told where only one is read: latencies of the called side are most of a scrape.
 */
function recordedSelectors(labels: TrafficLabels, matchers: readonly string[] = []): string[] {
  const latencies = LATENCY_FAMILIES.map((family) => ({ family, matchers: COUNTERS[0]?.matchers ?? [] }));
  const directions = new Map<string, Set<string | undefined>>();
  for (const { family, matchers: own } of [...COUNTERS, ...latencies]) {
    const direction = own.find(({ label }) => label === 'direction')?.value;
    directions.set(family, (directions.get(family) ?? new Set()).add(direction));
  }
  const selector = (family: string, own: readonly string[]) => `${family}{${[...own, ...matchers].join(',')}}`;
  const directed = [...directions].map(([family, [first, ...others]]) =>
    selector(family, [labels.selector, ...(first === undefined || others.length > 0 ? [] : [`direction="${first}"`])]),
  );
  return [
    ...['up', 'process_start_time_seconds'].map((family) => selector(family, [labels.selector])),
    ...directed,
    ...CERTIFICATES.map((family) => selector(family, [])),
  ];
}

/** Records the raw samples of a span from a Prometheus, in time order, in answers of bounded size. */
export async function recordSamples(
  deps: SampleDeps,
  recording: SampleRecording,
  limits: SampleLimits = LIMITS,
): Promise<void> {
  const { span, recorded, labels } = recording;
  const start = Math.max(span.from - recording.lookbackMs, recorded.to);
  const paused = recorded.to >= span.from ? [] : await pausedTargets(deps, recording);
  if (paused.length > 0) {
    const from = Math.max(span.from - recording.farLookbackMs, recorded.to);
    const only = `${labels.instance}=~${JSON.stringify(paused.map(escapeRegex).join('|'))}`;
    await recordSlices(deps, recording, { from, to: start }, recordedSelectors(labels, [only]), limits);
  }
  await recordSlices(deps, recording, { from: start, to: span.to }, recordedSelectors(labels), limits);
}

const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Targets scraped in the span and long before it but not just before: their counters' last values lie further back. */
async function pausedTargets({ query }: SampleDeps, recording: SampleRecording): Promise<string[]> {
  const { span, labels, lookbackMs, farLookbackMs } = recording;
  const width = span.to - span.from;
  const on = `on(${labels.target.join(',')})`;
  const answered = (ms: number, offset: number) =>
    `(max by(${labels.target.join(',')})(max_over_time(up{${labels.selector}}[${ms}ms] ${offset === 0 ? '' : `offset ${offset}ms`})) == 1)`;
  const promql = `${answered(width, 0)} and ${on} ${answered(farLookbackMs, width)} unless ${on} ${answered(lookbackMs, width)}`;
  const { series } = await query(promql, span.to - 1);
  return series.flatMap((target) => target.labels[labels.instance] ?? []);
}

async function recordSlices(
  deps: SampleDeps,
  recording: SampleRecording,
  span: Window,
  selectors: readonly string[],
  limits: SampleLimits,
): Promise<void> {
  const count = await slicesOf(deps, span, selectors, limits);
  const width = Math.ceil((span.to - span.from) / count);
  for (let from = span.from; from < span.to; from += width) {
    const slice = { from, to: Math.min(from + width, span.to) };
    for (const [i, selector] of selectors.entries()) {
      deps.progress(
        `metrics: slice ${Math.round((from - span.from) / width) + 1} of ${count}, ${i + 1} of ${selectors.length} families`,
      );
      // Prometheus 2 includes the range's left edge, 3 does not: what is before the slice is in the one before.
      const { series } = await deps.query(`${selector}[${slice.to - slice.from}ms]`, slice.to - 1);
      for (const one of series) await recordSeries(deps, recording, one, slice);
    }
    await deps.write({ type: 'slice', ...slice, recordedAt: recording.recordedAt });
  }
}

/** So many slices that no answer and no slice is too large, if samples are spread evenly over the span. */
async function slicesOf(
  { query, progress }: SampleDeps,
  span: Window,
  selectors: readonly string[],
  limits: SampleLimits,
): Promise<number> {
  let largest = 0;
  let total = 0;
  for (const selector of selectors) {
    progress('metrics: counting samples');
    const { series } = await query(`sum(count_over_time(${selector}[${span.to - span.from}ms]))`, span.to - 1);
    const samples = series[0]?.values[0] ?? 0;
    largest = Math.max(largest, samples);
    total += samples;
  }
  return Math.max(1, Math.ceil(largest / limits.answer), Math.ceil(total / limits.slice));
}

async function recordSeries(
  { write }: SampleDeps,
  { recorded }: SampleRecording,
  { labels, times, values }: RawSeries,
  { from, to }: Window,
): Promise<void> {
  const inside = times.flatMap((time, i) => (time >= from && time < to ? [i] : []));
  if (inside.length === 0) return;
  const name = JSON.stringify(Object.entries(labels).sort());
  const known = recorded.series.get(name);
  const series = known ?? recorded.series.size;
  if (known === undefined) {
    recorded.series.set(name, series);
    await write({ type: 'series', series, labels: { ...labels } });
  }
  await write(
    encodeSamples(series, {
      times: inside.map((i) => times[i] as number),
      values: inside.map((i) => values[i] as number),
    }),
  );
}
