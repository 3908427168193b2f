import type { Window } from '../../domain/window.ts';
import { COUNTERS, type Counter, FAMILY, type Grouping, type Matcher } from './groupings.ts';
import type { TrafficLabels } from './labels.ts';

/**
 * PromQL for one window. Every query is evaluated at the window's last millisecond, so `[60000ms]` ends before `to`, and
 * Prometheus 2 (closed ranges) and 3 (left-open ranges) answer alike.
 */
export type WindowQuery = {
  readonly window: Window;
  /** How far back the last sample before the window is looked for. */
  readonly lookbackMs: number;
  /** How long Linkerd keeps an idle series (LINKERD2_PROXY_METRICS_RETAIN_IDLE, 10 minutes). */
  readonly retainIdleMs: number;
  readonly labels: TrafficLabels;
  /** Targets read sample by sample, to be left out of the sums. */
  readonly without: readonly string[];
};

export const evaluationInstant = (window: Window): number => window.to - 1;

const quoted = (text: string): string => JSON.stringify(text);
const matcherText = ({ label, op, value }: Matcher): string => `${label}${op}${quoted(value)}`;
const oneOf = (texts: readonly string[]): string =>
  quoted(texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'));

/** Makes the parts shared by all queries of one window. */
function parts(query: WindowQuery) {
  const width = query.window.to - query.window.from;
  const { labels, lookbackMs } = query;
  const left = query.without.length === 0 ? [] : [`${labels.instance}!~${oneOf(query.without)}`];
  const on = `on(${labels.target.join(',')})`;
  return {
    w: `[${width}ms]`,
    before: `offset ${width}ms`,
    l: `[${lookbackMs}ms]`,
    on,
    by: `by(${labels.target.join(',')})`,
    up: `up{${labels.selector}}`,
    selector: (name: readonly string[], matchers: readonly Matcher[]) => {
      const families = name.length === 1 ? `__name__=${quoted(name[0] as string)}` : `__name__=~${oneOf(name)}`;
      return `{${[families, labels.selector, ...matchers.map(matcherText), ...left].join(',')}}`;
    },
  };
}

/** Several families are read at once; their name must survive arithmetic as an ordinary label. */
const named = (expression: string): string => `label_replace(${expression},"${FAMILY}","$1","__name__","(.+)")`;

/**
 * What each series grew by: its last value in the window less its last value before. A series that was absent from a
 * scrape its target answered just before the window begins at 0; so does a new one.
 */
function increase(query: WindowQuery, grouping: Grouping): string {
  const { w, before, l, on, up, selector } = parts(query);
  const s = selector(grouping.families, grouping.matchers);
  const last = named(`last_over_time(${s}${w})`);
  const previous = `(${named(`${s} ${before}`)} or (${named(`last_over_time(${s}${l} ${before})`)} unless ${on} (${up} ${before} == 1)))`;
  return `((${last} - ${previous}) >= 0 or ${last})`;
}

const summed = (query: WindowQuery, grouping: Grouping): string =>
  `sum by(${[FAMILY, ...grouping.by].join(',')})(${increase(query, grouping)})`;

/** One query for several groupings; their rows differ in labels, so `or` only appends. */
export const increasesQuery = (query: WindowQuery, groupings: readonly Grouping[]): string =>
  groupings.map((grouping) => summed(query, grouping)).join(' or ');

export const QUANTILES = [0.5, 0.95, 0.99] as const;

/** The quantiles of each grouping's latency histogram, told apart by the label `quantile`. */
export const quantilesQuery = (query: WindowQuery, groupings: readonly Grouping[]): string =>
  groupings
    .flatMap((grouping) =>
      QUANTILES.map(
        (q) => `label_replace(histogram_quantile(${q},${summed(query, grouping)}) >= 0,"quantile","${q}","","")`,
      ),
    )
    .join(' or ');

/**
 * The targets whose counters cannot be told by a difference of two values and must be read sample by sample: reset or
 * restarted, NaN, relabelled, missing from a scrape and back again, or gone before a gap in scraping. One row a target.
 * `counters` is a part of COUNTERS: all of them in one text would be longer than a URI may be (65,534 bytes in a proxy).
 */
export function rawTargetsQuery(query: WindowQuery, counters: readonly Counter[]): string {
  const { w, before, l, on, by, up } = parts(query);
  const { labels, window, lookbackMs } = query;
  const width = window.to - window.from;
  const start = `process_start_time_seconds{${labels.selector}}`;
  const answered = `sum ${by}(sum_over_time(${up}${w}))`;
  const answeredBefore = `sum ${by}(sum_over_time(${up}${l} ${before}))`;
  const conditions = counters.flatMap(({ family, matchers }) => {
    const s = `${family}{${[labels.selector, ...matchers.map(matcherText)].join(',')}}`;
    const missed = `(count_over_time(${s}${w}) < ${on} group_left() ${answered})`;
    return [
      `resets(${s}${w}) > 0`,
      `min_over_time(${s}${w}) < last_over_time(${s}${l} ${before})`,
      `sum_over_time(${s}${w}) != sum_over_time(${s}${w})`,
      `last_over_time(${s}${l} ${before}) != last_over_time(${s}${l} ${before})`,
      // Shorter windows than Linkerd's retention cannot see a series come, go and come back.
      width < query.retainIdleMs ? `${missed} and ${s} and (${s} ${before})` : missed,
      `((count_over_time(${s}${l} ${before}) < ${on} group_left() ${answeredBefore}) unless (${s} ${before}) unless ${on} (${up} ${before} == 1)) and last_over_time(${s}${w})`,
    ].map((condition) => `count ${by}(${condition})`);
  });
  return [
    ...conditions,
    `count ${by}(changes(${start}${w}) > 0)`,
    `count ${by}(last_over_time(${start}${w}) != last_over_time(${start}${l} ${before}))`,
    `count ${by}(last_over_time(${up}[${width + lookbackMs}ms])) > 1`,
  ].join(' or ');
}

/** All samples of the given targets' counters, `up` and process start, from a lookback before the window to its end. */
export function rawSamplesQuery(query: WindowQuery, instances: readonly string[]): string {
  const families = [...new Set(COUNTERS.map(({ family }) => family)), 'up', 'process_start_time_seconds'];
  const span = query.window.to - query.window.from + query.lookbackMs;
  return `{__name__=~${oneOf(families)},${query.labels.selector},${query.labels.instance}=~${oneOf(instances)}}[${span}ms]`;
}

/** Rows of the coverage query carry their meaning in the label `what`. */
export function coverageQuery(query: WindowQuery, farLookbackMs: number): string {
  const { w, before, l, on, by, up } = parts({ ...query, without: [] });
  const { namespace, selector } = query.labels;
  const what = (name: string, expression: string): string => `label_replace(${expression},"what","${name}","","")`;
  const older = `(process_start_time_seconds{${selector}} * 1000 < ${query.window.from - query.lookbackMs})`;
  const answered = (range: string, offset = ''): string => `(max_over_time(${up}${range}${offset}) == 1)`;
  return [
    what('proxies', `count by(${namespace})(sum ${by}(last_over_time(${up}${w})))`),
    what('silent', `count by(${namespace})(sum ${by}(sum_over_time(${up}${w})) == 0)`),
    what('scrapes', `sum by(${namespace})(count_over_time(${up}${w}))`),
    what('answered', `sum by(${namespace})(sum_over_time(${up}${w}))`),
    // Long-running targets without a good scrape in the lookback: their counters' last values lie further back.
    what(
      'gap',
      `count(${answered(w)} and ${on} ${older} unless ${on} ${answered(l, ` ${before}`)} and ${on} ${answered(`[${farLookbackMs}ms]`, ` ${before}`)})`,
    ),
  ].join(' or ');
}
