import { bucketOf, dayOf } from '../traffic-series/bucket.ts';

/** How long what is kept, in ms, as `retention` of the configuration says it; no `months` = for ever. */
export type Spans = {
  readonly windows: number;
  readonly days: number;
  readonly months?: number | undefined;
  readonly closed: number;
  readonly findings: number;
};

/**
 * Since when the graph keeps what of one cluster, in epoch ms; 0 = since ever. Days and months are those of UTC.
 * What is observed of instants before `windowsSince` and was not written by then is not written any more.
 */
export type Horizon = {
  /** Single windows of traffic; before, whole days. */
  readonly windowsSince: number;
  /** Single days of traffic; before, whole months. */
  readonly daysSince: number;
  /** Traffic at all. */
  readonly monthsSince: number;
  /** What is gone from the cluster, by when it went, and how what is there was described before. */
  readonly factsSince: number;
  /** Resolved findings, by when they were resolved. */
  readonly findingsSince: number;
};

/** What is kept as of `now`. The day that runs, and the one before, are always kept whole. */
export function horizonOf(spans: Spans, now: number): Horizon {
  const windowsSince = dayOf(now - spans.windows);
  const daysSince = Math.min(dayOf(now - spans.days), windowsSince);
  const monthsSince = spans.months === undefined ? 0 : Math.min(bucketOf(now - spans.months, 'month'), daysSince);
  return {
    windowsSince,
    daysSince,
    monthsSince,
    factsSince: Math.min(dayOf(now - spans.closed), windowsSince),
    findingsSince: dayOf(now - spans.findings),
  };
}
