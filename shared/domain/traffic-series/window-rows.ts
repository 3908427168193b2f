import type { Arrival, Call, TrafficObservation } from '../observation.ts';
import { type Series, seriesOfArrival, seriesOfCall, seriesText } from './series.ts';
import { MEASURES, NO_LATENCY, type Slot } from './slot.ts';

/** One series in one window; `text` names the series (see `seriesText`). */
export type WindowRow = { readonly series: Series; readonly text: string; readonly slot: Slot };

/** The rows of one reading, one a series. Two rows of one series (a reader that splits finer than we keep) are added up. */
export function windowRows({ cluster, window, calls, arrivals }: TrafficObservation): WindowRow[] {
  const span = { at: window.from, length: window.to - window.from };
  const rows = new Map<string, WindowRow>();
  const add = (series: Series, slot: Slot) => {
    const text = seriesText(series);
    const known = rows.get(text);
    rows.set(text, { series, text, slot: known ? addSlots(known, slot) : slot });
  };
  for (const call of calls) add(seriesOfCall(cluster, call), { ...span, ...ofCall(call) });
  for (const arrival of arrivals) add(seriesOfArrival(cluster, arrival), { ...span, ...ofArrival(arrival) });
  return [...rows.values()];
}

function ofCall(call: Call): Pick<Slot, 'values' | 'outcomes'> {
  const { requests, failures, refused, connections, bytesSent, bytesReceived, latencyMs, outcomes } = call;
  const { p50, p95, p99 } = latencyMs ?? { p50: NO_LATENCY, p95: NO_LATENCY, p99: NO_LATENCY };
  return { values: { requests, failures, refused, connections, bytesSent, bytesReceived, p50, p95, p99 }, outcomes };
}

const ofArrival = ({ requests, failures, outcomes }: Arrival): Pick<Slot, 'values' | 'outcomes'> => ({
  values: { requests, failures },
  outcomes,
});

/** Counts add up; of two latencies the slower stands, since percentiles cannot be added. */
function addSlots({ series, slot }: WindowRow, other: Slot): Slot {
  const plus = (a: Slot['outcomes'], b: Slot['outcomes'], names: Iterable<string>) =>
    Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
  const { sums, gauges } = MEASURES[series.layer];
  const slower = gauges.map((name) => [
    name,
    Math.max(slot.values[name] ?? NO_LATENCY, other.values[name] ?? NO_LATENCY),
  ]);
  return {
    ...slot,
    values: { ...plus(slot.values, other.values, sums), ...Object.fromEntries(slower) },
    outcomes: plus(
      slot.outcomes,
      other.outcomes,
      new Set([...Object.keys(slot.outcomes), ...Object.keys(other.outcomes)]),
    ),
  };
}
