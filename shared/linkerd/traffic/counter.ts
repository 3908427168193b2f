import type { Window } from '../../domain/window.ts';
import { lowerBound, type RawSeries } from './series.ts';

/** What is known of the scrape target a counter comes from. Both may be missing. */
export type TargetHistory = {
  /** Samples of `up`: 1 = the target answered the scrape. */
  readonly up?: RawSeries | undefined;
  /** Samples of `process_start_time_seconds`. */
  readonly processStart?: RawSeries | undefined;
};

/**
 * How much a counter grew in `[from, to)`, exactly: the sum over all windows is the sum of what the process counted and a
 * scrape saw. Between two neighbouring samples it grew by their difference, or by the whole of the later one when
 * - it is smaller (a reset),
 * - the process was started anew in between, or
 * - the target answered a scrape in between without it: the series had vanished and began again at 0. Linkerd drops series
 *   idle for 10 minutes (linkerd2-proxy metrics/src/store.rs retain_since), so "grew from 5 to 7" may be 7 new requests.
 * A scrape that failed in between is a gap, not a vanishing. The last sample before the window is looked for at most
 * `lookbackMs` back; without one the series is new and its first value counts whole. NaN samples are no samples.
 */
export function increaseIn(series: RawSeries, window: Window, lookbackMs: number, target: TargetHistory = {}): number {
  const { times, values } = series;
  let previous: number | undefined;
  let broken = false;
  let grown = 0;
  const start = lowerBound(times, window.from);
  for (let i = lastNumberBefore(series, start, window.from - lookbackMs) ?? start; i < times.length; i += 1) {
    const time = times[i] as number;
    const value = values[i] as number;
    if (time >= window.to) break;
    // A NaN in between hides neither a vanishing before it nor one after it.
    broken ||= previous !== undefined && vanishedBetween(target.up, times[i - 1] as number, time);
    if (Number.isNaN(value)) continue;
    if (time >= window.from) {
      const continues =
        previous !== undefined &&
        !broken &&
        value >= (values[previous] as number) &&
        !restartedBetween(target.processStart, times[previous] as number, time);
      grown += continues ? value - (values[previous as number] as number) : value;
    }
    previous = i;
    broken = false;
  }
  return grown;
}

/** The index of the last sample before `end` that is a number and not older than `oldest`. */
function lastNumberBefore(series: RawSeries, end: number, oldest: number): number | undefined {
  for (let i = end - 1; i >= 0 && (series.times[i] as number) >= oldest; i -= 1) {
    if (!Number.isNaN(series.values[i])) return i;
  }
  return undefined;
}

/** Whether the target answered a scrape strictly between the two instants. */
export function vanishedBetween(up: RawSeries | undefined, after: number, before: number): boolean {
  if (up === undefined) return false;
  for (let i = lowerBound(up.times, after + 1); i < up.times.length && (up.times[i] as number) < before; i += 1) {
    if (up.values[i] === 1) return true;
  }
  return false;
}

function restartedBetween(processStart: RawSeries | undefined, earlier: number, later: number): boolean {
  if (processStart === undefined) return false;
  const before = valueAt(processStart, earlier);
  const after = valueAt(processStart, later);
  return before !== undefined && after !== undefined && before !== after;
}

function valueAt(series: RawSeries, instant: number): number | undefined {
  const index = lowerBound(series.times, instant + 1) - 1;
  return index < 0 ? undefined : series.values[index];
}
