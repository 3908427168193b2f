/** A pair's hour: when it began (epoch ms), requests or connections in it, and how many failed. */
export type Hour = { readonly from: number; readonly count: number; readonly failures: number };

/** What a value is measured against. `limit`: only what is beyond is out of the usual. */
export type Usual = {
  readonly usual: number;
  readonly limit: number;
  readonly basis: 'hour of the week' | 'all hours';
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** Four weeks of an hour: of fewer values the median absolute deviation is mostly luck. */
const LEAST_WEEKS = 4;
/** Three active days, so that night and day are in it more than once. */
const LEAST_HOURS = 3 * 24;
/** 1.4826 makes of a median absolute deviation what a standard deviation is for a bell curve (Rousseeuw and Croux 1993). */
const MAD_TO_SIGMA = 1.4826;
/** Traffic has longer tails than a bell curve, and is judged thousands of times a day: three would tell something daily. */
const SIGMAS = 6;
/** Nobody acts on less than three times as much. */
const TIMES = 3;
/** Bursts have been there before, if rarely: out of the usual is only what is well beyond 99 of 100 hours. */
const RARE = 0.99;
const BEYOND_RARE = 1.5;

/**
 * What `measure` told of earlier hours: by the same hour of the week where four weeks are known, else by all hours.
 * Undefined where too little is known.
 */
export function usualOf(
  hours: readonly Hour[],
  at: number,
  measure: (hour: Hour) => number | undefined,
): Usual | undefined {
  const valuesOf = (some: readonly Hour[]) => some.flatMap((hour) => measure(hour) ?? []).sort((a, b) => a - b);
  const all = valuesOf(hours);
  if (all.length < LEAST_HOURS) return undefined;
  const weekly = valuesOf(hours.filter(({ from }) => (at - from) % WEEK_MS === 0));
  const basis = weekly.length >= LEAST_WEEKS ? 'hour of the week' : 'all hours';
  const values = basis === 'all hours' ? all : weekly;
  const usual = quantile(values, 0.5);
  const deviation = quantile(
    values.map((value) => Math.abs(value - usual)).sort((a, b) => a - b),
    0.5,
  );
  const limit = Math.max(TIMES * usual, usual + SIGMAS * MAD_TO_SIGMA * deviation, BEYOND_RARE * quantile(all, RARE));
  return { usual, limit, basis };
}

/** Of sorted values, between two of them in proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

/** Windows of closed days. A list that is empty holds only zeros. */
export type Windows = {
  readonly at: readonly number[];
  readonly counts: readonly number[];
  readonly failures: readonly number[];
};

/** All hours of the days the windows lie in, before `end`: an hour without a window was a silent one. */
export function toHours(past: readonly Windows[], end: number): Hour[] {
  const windows = past.flatMap(({ at, counts, failures }) =>
    at.map((from, i) => ({ from, count: counts[i] ?? 0, failures: failures[i] ?? 0 })),
  );
  const hours = new Map<number, { count: number; failures: number }>();
  for (const day of new Set(windows.map(({ from }) => from - (from % DAY_MS)))) {
    for (let hour = day; hour < day + DAY_MS; hour += HOUR_MS) hours.set(hour, { count: 0, failures: 0 });
  }
  for (const { from, count, failures } of windows) {
    const hour = hours.get(from - (from % HOUR_MS));
    if (!hour) continue;
    hour.count += count;
    hour.failures += failures;
  }
  return [...hours].flatMap(([from, hour]) => (from < end ? { from, ...hour } : []));
}
