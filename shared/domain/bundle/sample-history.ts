import { COUNTERS, LATENCY_FAMILIES } from '../../linkerd/traffic/groupings.ts';
import { lowerBound, type RawSeries } from '../../linkerd/traffic/series.ts';
import { ContractError } from '../errors.ts';
import type { SamplesRecord } from './record.ts';
import { decodeSamples } from './samples.ts';

const COUNTED: ReadonlySet<string> = new Set([...COUNTERS.map(({ family }) => family), ...LATENCY_FAMILIES]);
const TOLD: ReadonlySet<string> = new Set(['up', 'process_start_time_seconds']);

type History = { readonly labels: Record<string, string>; times: number[]; values: number[] };

/** The samples a window needs while a bundle is read forward: no more of the past than the next window can ask for. */
export type SampleHistory = {
  readonly define: (series: number, labels: Record<string, string>) => void;
  readonly add: (record: SamplesRecord) => void;
  readonly series: () => RawSeries[];
  /** Drops what no window from `instant` on needs. */
  readonly forgetBefore: (instant: number) => void;
};

export function sampleHistory(lookbackMs: number): SampleHistory {
  const histories = new Map<number, History>();
  const known = new Set<number>();
  return {
    define: (series, labels) => {
      known.add(series);
      const family = labels.__name__ ?? '';
      if (COUNTED.has(family) || TOLD.has(family)) histories.set(series, { labels, times: [], values: [] });
    },
    add: (record) => {
      if (!known.has(record.series))
        throw new ContractError(`samples of series ${record.series}, which no record names`);
      const history = histories.get(record.series);
      if (history === undefined) return;
      const { times, values } = decodeSamples(record);
      if ((times[0] as number) <= (history.times.at(-1) ?? -1)) {
        throw new ContractError(`samples of series ${record.series} go back in time`);
      }
      for (let i = 0; i < times.length; i += 1) {
        history.times.push(times[i] as number);
        history.values.push(values[i] as number);
      }
    },
    series: () => [...histories.values()].filter(({ times }) => times.length > 0),
    forgetBefore: (instant) => {
      for (const history of histories.values()) {
        const needed = TOLD.has(history.labels.__name__ ?? '')
          ? lastKnown(history, instant - lookbackMs)
          : lastNumberBefore(history, instant, lookbackMs);
        if (needed === 0) continue;
        history.times = history.times.slice(needed);
        history.values = history.values.slice(needed);
      }
    },
  };
}

/** When a process started is known until something else is told. */
const lastKnown = ({ times }: History, instant: number): number => Math.max(0, lowerBound(times, instant + 1) - 1);

/** Growth is counted from the last number before the window: all before that one is past. */
function lastNumberBefore({ times, values }: History, instant: number, lookbackMs: number): number {
  const end = lowerBound(times, instant);
  const oldest = lowerBound(times, instant - lookbackMs);
  for (let i = end - 1; i >= oldest; i -= 1) if (!Number.isNaN(values[i])) return i;
  return oldest;
}
