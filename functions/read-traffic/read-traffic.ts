import { UnavailableError } from '../../shared/domain/errors.ts';
import { OBSERVATION_SCHEMA, type TrafficObservation } from '../../shared/domain/observation.ts';
import type { Window } from '../../shared/domain/window.ts';
import {
  coverageFromRows,
  lapsedTargets,
  lookbackTooShort,
  trafficCoverage,
} from '../../shared/linkerd/traffic/coverage.ts';
import {
  arrivals,
  calls,
  ENDPOINT_COUNTERS,
  type Grouping,
  latencies,
  POLICY_COUNTERS,
  routes,
} from '../../shared/linkerd/traffic/groupings.ts';
import type { TrafficLabels } from '../../shared/linkerd/traffic/labels.ts';
import { latenciesFromRows } from '../../shared/linkerd/traffic/latency.ts';
import { trafficObservationId, transformArrivals, transformCalls } from '../../shared/linkerd/traffic/observe.ts';
import {
  coverageQuery,
  evaluationInstant,
  increasesQuery,
  namespacesQuery,
  quantilesQuery,
  rawSamplesQuery,
  rawTargetsQuery,
  type WindowQuery,
} from '../../shared/linkerd/traffic/promql.ts';
import { rowsFromRaw } from '../../shared/linkerd/traffic/raw.ts';
import { SampleLimitError } from '../../shared/linkerd/traffic/sample-limit.ts';
import type { RawSeries, Row } from '../../shared/linkerd/traffic/series.ts';
import { askInGroups } from './ask-in-groups.ts';

/** An instant query's answer: a vector as series of one sample, a matrix as it is. */
export type PrometheusAnswer = {
  readonly series: readonly RawSeries[];
  readonly warnings: readonly string[];
  /** Its own clock when it answered (epoch ms), where it told. */
  readonly serverTime?: number | undefined;
};

export type Deps = {
  /** Evaluates PromQL at an instant (epoch ms). Throws the errors of shared/domain/errors.ts. */
  readonly query: (promql: string, at: number) => Promise<PrometheusAnswer>;
  readonly now: () => number;
};

export type TrafficReading = {
  readonly cluster: string;
  readonly window: Window;
  readonly labels: TrafficLabels;
  /** How long after a window's end late scrapes may still come in. */
  readonly settlingMs: number;
  readonly lookbackMs: number;
  /** The lookback after a gap in scraping. */
  readonly farLookbackMs: number;
  readonly retainIdleMs: number;
};

/**
 * Reads one window of traffic from a live Prometheus, exactly, in at most 9 queries whatever the number of namespaces and
 * pods: coverage, targets to read raw (2), their samples, calls, arrivals, routes, latencies (2). All name one instant.
 * What a server refuses as too many samples is asked of groups of namespaces instead (ask-in-groups.ts), just as exactly.
 */
export async function readTraffic(deps: Deps, reading: TrafficReading): Promise<TrafficObservation> {
  const { cluster, window, labels } = reading;
  const readAt = deps.now();
  const refuseUnsettled = (time: number | undefined, clock: string): void => {
    if (time !== undefined && time < window.to + reading.settlingMs) {
      throw new UnavailableError(
        `the window ending ${new Date(window.to).toISOString()} is not settled ${clock} (${new Date(time).toISOString()}): ` +
          `read it ${reading.settlingMs / 1000} s after its end, and check both clocks if it should be`,
      );
    }
  };
  refuseUnsettled(readAt, 'yet');
  const warnings = new Set<string>();
  const askOnce = async (promql: string): Promise<readonly RawSeries[]> => {
    const answer = await deps.query(promql, evaluationInstant(window));
    for (const warning of answer.warnings) warnings.add(`Prometheus warns: ${warning}`);
    refuseUnsettled(answer.serverTime, 'by the clock of Prometheus');
    return answer.series;
  };
  const ask = askInGroups(askOnce, labels, async () => namespaceSizes(await askOnce(namespacesQuery(reading)), labels));
  const near: WindowQuery = {
    window,
    lookbackMs: reading.lookbackMs,
    retainIdleMs: reading.retainIdleMs,
    labels,
    without: [],
    lapsed: undefined,
  };
  const coverage = rowsOf(await ask((labels) => coverageQuery(within(near, labels), reading.farLookbackMs)));
  const lookbackMs = lookbackTooShort(coverage) ? reading.farLookbackMs : reading.lookbackMs;
  const base = { ...near, lookbackMs, lapsed: lapsedTargets(coverage, labels) };
  const rawTargets = [
    ...(await ask((labels) => rawTargetsQuery(within(base, labels), ENDPOINT_COUNTERS))),
    ...(await ask((labels) => rawTargetsQuery(within(base, labels), POLICY_COUNTERS))),
  ];
  const instances = [...new Set(rawTargets.flatMap((target) => target.labels[labels.instance] ?? []))].sort();
  const raw =
    instances.length === 0
      ? []
      : await ask((labels) => rawSamplesQuery(within(base, labels), instances)).catch(tooManySamples);
  const without = raw === undefined ? [] : instances;
  if (raw === undefined) {
    warnings.add(
      `${instances.length} proxies restarted or left gaps in this window, more than could be read sample by sample: counts may be too low`,
    );
  }
  const query = { ...base, without };
  const both = async (groupings: ReturnType<typeof calls>): Promise<Row[]> => [
    ...rowsOf(await ask((labels) => increasesQuery(within(query, labels), groupings))),
    ...rowsFromRaw(raw ?? [], groupings, base),
  ];
  // What was answered is let go as soon as it is understood: a large mesh answers more than its observation holds.
  const quantiles = async (groupings: readonly Grouping[]): Promise<Row[]> =>
    rowsOf(await ask((labels) => quantilesQuery(within(base, labels), groupings)));
  const [byKind, byPod] = latencies(labels);
  const latency = latenciesFromRows([...(await quantiles(byKind)), ...(await quantiles(byPod))], labels);
  const routed = await both(routes(labels));
  const called = transformCalls(await both(calls(labels)), latency, routed, labels);
  const arrived = transformArrivals(await both(arrivals(labels)), labels);
  return {
    schema: OBSERVATION_SCHEMA,
    id: trafficObservationId(cluster, window),
    cluster,
    at: window.to,
    readAt,
    source: 'traffic',
    window,
    calls: called,
    arrivals: arrived,
    coverage: trafficCoverage(coverageFromRows(coverage, labels), without.length, [...warnings]),
  };
}

/** Lapsed targets and namespaces both named would make a query longer than a URI may be (65,534 bytes in a proxy). */
const within = (query: WindowQuery, labels: TrafficLabels): WindowQuery => ({
  ...query,
  labels,
  lapsed: labels === query.labels || (query.lapsed?.length ?? 0) <= 3 ? query.lapsed : undefined,
});

/** Pods without a namespace count too: their rows are told apart by its absence. */
const namespaceSizes = (series: readonly RawSeries[], { namespace }: TrafficLabels) =>
  rowsOf(series).map(({ labels, value }) => ({ namespace: labels[namespace] ?? '', proxies: value }));

/** A server that refuses so many samples at once still answers sums: better a floor, marked incomplete, than no window. */
function tooManySamples(error: unknown): undefined {
  if (!(error instanceof SampleLimitError)) throw error;
}

const rowsOf = (series: readonly RawSeries[]): Row[] =>
  series.flatMap(({ labels, values }) => (values[0] === undefined ? [] : [{ labels, value: values[0] }]));
