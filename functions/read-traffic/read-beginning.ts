import type { TrafficLabels } from '../../shared/linkerd/traffic/labels.ts';
import type { RawSeries } from '../../shared/linkerd/traffic/series.ts';

export type Query = (promql: string, at: number) => Promise<{ readonly series: readonly RawSeries[] }>;

export type BeginningReading = {
  readonly after: number;
  readonly now: number;
  readonly periodMs: number;
  /** Longer than one round of scraping. */
  readonly settlingMs: number;
  readonly lookbackMs: number;
  /** How old a process may be when the samples begin and still have no past. Default: `lookbackMs`. */
  readonly youngMs?: number;
  readonly labels: TrafficLabels;
};

/** The first sample is found to the minute. */
export const STEP_MS = 60_000;

/**
 * From when on a Prometheus can tell growth, at or after an instant. Where its samples begin later (a new server,
 * retention), a counter's first value is its whole past, which must not count as growth: then reading begins once every
 * target was scraped. Processes that were young when the samples begin have no past to speak of: the period in which the
 * first sample was taken is read whole.
 */
export async function readBeginning(query: Query, reading: BeginningReading): Promise<number | undefined> {
  const { after, now, periodMs, settlingMs, lookbackMs, youngMs = lookbackMs, labels } = reading;
  const up = `up{${labels.selector}}`;
  if (value(await query(`count(last_over_time(${up}[${lookbackMs}ms]))`, after)) !== undefined) return after;
  const span = Math.max(now - after, STEP_MS);
  const first = value(await query(`min(min_over_time(timestamp(${up})[${span}ms:${STEP_MS}ms]))`, now));
  if (first === undefined) return undefined;
  const oldest = first * 1000;
  const started = value(await query(`min(process_start_time_seconds{${labels.selector}})`, oldest + settlingMs));
  const hasPast = started !== undefined && started * 1000 < oldest - youngMs;
  return Math.max(after, hasPast ? oldest + settlingMs : Math.floor(oldest / periodMs) * periodMs);
}

const value = ({ series }: { readonly series: readonly RawSeries[] }): number | undefined => series[0]?.values[0];
