/**
 * The spans one traffic relationship may cover: an hour while the day runs, a day once it is closed, a month after
 * roll-up. A window belongs to the bucket in which it starts; buckets are UTC and never depend on a time zone.
 */
export type Grain = 'hour' | 'day' | 'month';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export const dayOf = (at: number): number => at - (at % DAY_MS);

/** The start of the bucket that a window starting at `at` belongs to. */
export function bucketOf(at: number, grain: Grain): number {
  if (grain === 'hour') return at - (at % HOUR_MS);
  if (grain === 'day') return dayOf(at);
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/** The id of a series' relationship for one bucket; all ids of a series share its digest as a prefix. */
export const chunkId = (seriesDigest: string, grain: Grain, bucket: number): string =>
  `${seriesDigest}/${grain}/${bucket}`;

/** The ids of the 24 hours that fold into the day starting at `day`. */
export function hourIds(seriesDigest: string, day: number): string[] {
  return Array.from({ length: 24 }, (_, hour) => chunkId(seriesDigest, 'hour', day + hour * HOUR_MS));
}

/** The digest of the series that a relationship id belongs to. */
export const seriesDigestOf = (id: string): string => id.slice(0, id.indexOf('/'));
