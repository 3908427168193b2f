import type { Window } from '../../domain/window.ts';
import { increaseIn, type TargetHistory } from './counter.ts';
import { FAMILY, type Grouping, type Matcher } from './groupings.ts';
import type { TrafficLabels } from './labels.ts';
import { labelKey, lowerBound, type RawSeries, type Row } from './series.ts';

export type RawReading = { readonly window: Window; readonly lookbackMs: number; readonly labels: TrafficLabels };

/**
 * The rows Prometheus would answer for these groupings, computed from raw samples. `series` holds the counters, `up` and
 * `process_start_time_seconds` of the same targets. Like the server's answer it has rows of value 0: a series that stood
 * still is knowledge. Series without a sample in the window are left out.
 */
export function rowsFromRaw(series: readonly RawSeries[], groupings: readonly Grouping[], reading: RawReading): Row[] {
  const targets = targetHistories(series, reading.labels);
  const rows = new Map<string, { labels: Record<string, string>; value: number }>();
  const wanted = new Set(groupings.flatMap((grouping) => grouping.families));
  for (const counter of continuedSeries(
    series.filter((one) => wanted.has(one.labels.__name__ ?? '')),
    targets,
    reading,
  )) {
    if (!hasSampleIn(counter, reading.window)) continue;
    const matching = groupings.filter((grouping) => inGrouping(counter.labels, grouping));
    if (matching.length === 0) continue;
    const target = targets.get(labelKey(counter.labels, reading.labels.target));
    const value = increaseIn(counter, reading.window, reading.lookbackMs, target);
    for (const grouping of matching) addTo(rows, counter.labels, grouping, value);
  }
  return [...rows.values()];
}

function addTo(
  rows: Map<string, { labels: Record<string, string>; value: number }>,
  labels: Readonly<Record<string, string>>,
  grouping: Grouping,
  value: number,
): void {
  const family = labels.__name__ ?? '';
  const key = `${family}\u0001${grouping.by.join(',')}\u0001${labelKey(labels, grouping.by)}`;
  const row = rows.get(key);
  if (row !== undefined) {
    row.value += value;
    return;
  }
  const kept: Record<string, string> = { [FAMILY]: family };
  for (const name of grouping.by) {
    const text = labels[name];
    if (text !== undefined && text !== '') kept[name] = text;
  }
  rows.set(key, { labels: kept, value });
}

type Target = TargetHistory & { readonly labelNames: ReadonlySet<string> };

/** `up` and process start of each target; several label sets of one target (a pod relabelled) are joined. */
export function targetHistories(series: readonly RawSeries[], labels: TrafficLabels): Map<string, Target> {
  const targets = new Map<string, { up?: RawSeries; processStart?: RawSeries; labelNames: Set<string> }>();
  for (const one of series) {
    const name = one.labels.__name__;
    if (name !== 'up' && name !== 'process_start_time_seconds') continue;
    const key = labelKey(one.labels, labels.target);
    const target = targets.get(key) ?? { labelNames: new Set<string>() };
    targets.set(key, target);
    for (const label of Object.keys(one.labels)) target.labelNames.add(label);
    if (name === 'up') target.up = joined(target.up, one);
    else target.processStart = joined(target.processStart, one);
  }
  return targets;
}

/**
 * Counters of a pod whose labels changed go on under another label set. What the target's own labels (those of `up`) add
 * is left aside, so such a counter is one series again.
 */
function continuedSeries(
  counters: readonly RawSeries[],
  targets: Map<string, Target>,
  reading: RawReading,
): RawSeries[] {
  const merged = new Map<string, RawSeries>();
  for (const counter of counters) {
    const target = labelKey(counter.labels, reading.labels.target);
    const own = targets.get(target)?.labelNames;
    const names = Object.keys(counter.labels).filter((name) => name === '__name__' || !own?.has(name));
    const key = `${target}\u0001${names
      .sort()
      .map((name) => `${name}=${counter.labels[name]}`)
      .join('\u0000')}`;
    merged.set(key, joined(merged.get(key), counter));
  }
  return [...merged.values()];
}

/** Both sets of samples as one, under the labels of the later. */
function joined(earlier: RawSeries | undefined, later: RawSeries): RawSeries {
  if (earlier === undefined) return later;
  const samples = new Map<number, number>();
  for (const { times, values } of [earlier, later]) {
    times.forEach((time, i) => {
      samples.set(time, values[i] as number);
    });
  }
  const times = [...samples.keys()].sort((a, b) => a - b);
  const newest = (earlier.times.at(-1) ?? 0) > (later.times.at(-1) ?? 0) ? earlier : later;
  return { labels: newest.labels, times, values: times.map((time) => samples.get(time) as number) };
}

function hasSampleIn({ times, values }: RawSeries, window: Window): boolean {
  for (let i = lowerBound(times, window.from); i < times.length && (times[i] as number) < window.to; i += 1) {
    if (!Number.isNaN(values[i])) return true;
  }
  return false;
}

export const inGrouping = (labels: Readonly<Record<string, string>>, grouping: Grouping): boolean =>
  grouping.families.includes(labels.__name__ ?? '') && grouping.matchers.every((matcher) => matches(labels, matcher));

/** As in PromQL an absent label is the empty text. */
const matches = (labels: Readonly<Record<string, string>>, { label, op, value }: Matcher): boolean =>
  ((labels[label] ?? '') === value) === (op === '=');
