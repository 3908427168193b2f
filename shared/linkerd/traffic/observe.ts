import { type Arrival, type Call, OBSERVATION_SCHEMA, type TrafficObservation } from '../../domain/observation.ts';
import type { Window } from '../../domain/window.ts';
import { arrivalsFromRows } from './arrivals.ts';
import { callsFromRows, type Latency } from './calls.ts';
import { coverageFromRaw, trafficCoverage } from './coverage.ts';
import { arrivals, calls, type Grouping, routes } from './groupings.ts';
import type { TrafficLabels } from './labels.ts';
import { latenciesFromRaw } from './latency.ts';
import { rowsFromRaw } from './raw.ts';
import { attributeEgress, refusedCalls } from './routed.ts';
import type { RawSeries, Row } from './series.ts';

/** The calls of one window, in a stable order. */
export const transformCalls = (
  rows: readonly Row[],
  latencies: ReadonlyMap<string, Latency>,
  routes: readonly Row[],
  names: TrafficLabels,
): Call[] =>
  inOrder([...attributeEgress(callsFromRows(rows, latencies, names), routes, names), ...refusedCalls(routes, names)]);

/** The arrivals of one window, in a stable order. */
export const transformArrivals = (rows: readonly Row[], names: TrafficLabels): Arrival[] =>
  inOrder(arrivalsFromRows(rows, names));

/** Two readings of one window must be equal as texts, whatever order the source answered in. */
const inOrder = <T extends { outcomes: Record<string, number> }>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ ...item, outcomes: Object.fromEntries(Object.entries(item.outcomes).sort()) }))
    .map((item) => ({ item, text: JSON.stringify(item) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ item }) => item);

export const trafficObservationId = (cluster: string, window: Window): string =>
  `${cluster}/traffic/${window.from}-${window.to}`;

/** One window read from raw samples (a bundle): the same observation a live Prometheus with these samples gives. */
export function observeSamples(
  series: readonly RawSeries[],
  at: { readonly cluster: string; readonly window: Window; readonly readAt: number; readonly lookbackMs: number },
  names: TrafficLabels,
): TrafficObservation {
  const reading = { window: at.window, lookbackMs: at.lookbackMs, labels: names };
  const rows = (groupings: readonly Grouping[]): Row[] => rowsFromRaw(series, groupings, reading);
  const latencies = latenciesFromRaw(series, at.window, at.lookbackMs, names);
  return {
    schema: OBSERVATION_SCHEMA,
    id: trafficObservationId(at.cluster, at.window),
    cluster: at.cluster,
    at: at.window.to,
    readAt: at.readAt,
    source: 'traffic',
    window: at.window,
    calls: transformCalls(rows(calls(names)), latencies, rows(routes(names)), names),
    arrivals: transformArrivals(rows(arrivals(names)), names),
    coverage: trafficCoverage(coverageFromRaw(series, at.window, names), 0, []),
  };
}
