/** One series with its samples inside some span, times in epoch milliseconds, ascending. Staleness markers are absent. */
export type RawSeries = {
  readonly labels: Readonly<Record<string, string>>;
  readonly times: readonly number[];
  readonly values: readonly number[];
};

/** One row of an aggregated answer: what a counter family grew by in the window, by label. */
export type Row = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** The index of the first time at or after `instant`; `times.length` when there is none. */
export function lowerBound(times: readonly number[], instant: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A stable text for a set of labels, in the order given: the key of a group. */
export const labelKey = (labels: Readonly<Record<string, string>>, names: readonly string[]): string =>
  names.map((name) => labels[name] ?? '').join('\u0000');
