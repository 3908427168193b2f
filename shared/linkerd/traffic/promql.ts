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
  /** Targets whose scrape just before the window failed; undefined = too many to be named in a query. */
  readonly lapsed: readonly string[] | undefined;
};

export const evaluationInstant = (window: Window): number => window.to - 1;

const quoted = (text: string): string => JSON.stringify(text);
const matcherText = ({ label, op, value }: Matcher): string => `${label}${op}${quoted(value)}`;
/** A pattern, in quotes, that matches these texts and no others. */
export const oneOf = (texts: readonly string[]): string =>
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
    selector: (name: readonly string[], matchers: readonly Matcher[], further: readonly string[] = []) => {
      const families = name.length === 1 ? `__name__=${quoted(name[0] as string)}` : `__name__=~${oneOf(name)}`;
      return `{${[families, labels.selector, ...matchers.map(matcherText), ...left, ...further].join(',')}}`;
    },
  };
}

/** The matcher of lapsed targets: none where there are none, an empty one where they are too many to be named. */
function lapsedMatcher({ lapsed, labels }: WindowQuery): readonly string[] | undefined {
  if (lapsed === undefined) return [];
  return lapsed.length === 0 ? undefined : [`${labels.instance}=~${oneOf(lapsed)}`];
}

/**
 * Where several families are read at once, their name must survive arithmetic as an ordinary label. It costs the server
 * more than all the rest of an increase.
 */
const named = (expression: string): string => `label_replace(${expression},"${FAMILY}","$1","__name__","(.+)")`;

/**
 * What each series grew by: its last value in the window less its last value before. A series that was absent from a
 * scrape its target answered just before the window begins at 0; so does a new one. What lies further back is asked only
 * of targets whose scrape just before failed: of all others it would be read for nothing.
 */
function increase(query: WindowQuery, { families, matchers }: Grouping): string {
  const { w, before, l, on, up, selector } = parts(query);
  const told = families.length > 1 ? named : (expression: string) => expression;
  const s = selector(families, matchers);
  const last = told(`last_over_time(${s}${w})`);
  const lapsed = lapsedMatcher(query);
  const further = lapsed && told(`last_over_time(${selector(families, matchers, lapsed)}${l} ${before})`);
  const older = further === undefined ? '' : ` or (${further} unless ${on} (${up} ${before} == 1))`;
  return `((${last} - (${told(`${s} ${before}`)}${older})) >= 0 or ${last})`;
}

/** Rows tell their family: one that stands alone is named on the few sums, not on every series. */
function summed(query: WindowQuery, grouping: Grouping): string {
  const sum = `sum by(${[FAMILY, ...grouping.by].join(',')})(${increase(query, grouping)})`;
  const [only, ...others] = grouping.families;
  return others.length > 0 ? sum : `label_replace(${sum},"${FAMILY}","${only}","","")`;
}

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
  const both = `[${width + lookbackMs}ms]`;
  const answered = `sum ${by}(sum_over_time(${up}${w}))`;
  const answeredBefore = `sum ${by}(sum_over_time(${up}${l} ${before}))`;
  const none = `0 * sum ${by}(last_over_time(${up}${both}))`;
  const lapsed = lapsedMatcher(query);
  const conditions = counters.flatMap(({ family, matchers }) => {
    const selector = (further: readonly string[] = []) =>
      `${family}{${[labels.selector, ...matchers.map(matcherText), ...further].join(',')}}`;
    const s = selector();
    const resets = (range: string): string => `sum ${by}(resets(${s}${range}))`;
    const missed = `(count_over_time(${s}${w}) < ${on} group_left() ${answered})`;
    const of = selector(lapsed);
    return [
      // Between the last sample before the window and its end. Sums a target: a thousand times fewer rows to compare.
      `${resets(both)} > (${resets(`${l} ${before}`)} or ${none})`,
      // Only a sum with NaN in it is not 0 when multiplied by 0.
      `sum ${by}(sum_over_time(${s}${both})) * 0 != 0`,
      // Shorter windows than Linkerd's retention cannot see a series come, go and come back.
      `count ${by}(${width < query.retainIdleMs ? `${missed} and ${s} and (${s} ${before})` : missed})`,
      ...(lapsed === undefined
        ? []
        : [
            `count ${by}(((count_over_time(${of}${l} ${before}) < ${on} group_left() ${answeredBefore}) unless (${of} ${before}) unless ${on} (${up} ${before} == 1)) and last_over_time(${of}${w}))`,
          ]),
    ];
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

/** How many targets each namespace has in the window: cheap, since it looks at nothing but `up`. */
export const namespacesQuery = ({ window, labels }: Pick<WindowQuery, 'window' | 'labels'>): string =>
  `count by(${labels.namespace})(last_over_time(up{${labels.selector}}[${window.to - window.from}ms]))`;

/** Rows of the coverage query carry their meaning in the label `what`. */
export function coverageQuery(query: WindowQuery, farLookbackMs: number): string {
  const { w, before, l, on, by, up } = parts({ ...query, without: [] });
  const { namespace, instance, selector } = query.labels;
  const what = (name: string, expression: string): string => `label_replace(${expression},"what","${name}","","")`;
  const older = `(process_start_time_seconds{${selector}} * 1000 < ${query.window.from - query.lookbackMs})`;
  const answered = (range: string, offset = ''): string => `(max_over_time(${up}${range}${offset}) == 1)`;
  return [
    what('proxies', `count by(${namespace})(sum ${by}(last_over_time(${up}${w})))`),
    what('silent', `count by(${namespace})(sum ${by}(sum_over_time(${up}${w})) == 0)`),
    what('scrapes', `sum by(${namespace})(count_over_time(${up}${w}))`),
    what('answered', `sum by(${namespace})(sum_over_time(${up}${w}))`),
    // Scraped before and in the window, but not just before it.
    what(
      'lapsed',
      `count by(${instance})(last_over_time(${up}${w}) and ${on} last_over_time(${up}[${farLookbackMs}ms] ${before}) unless ${on} (${up} ${before} == 1))`,
    ),
    // Long-running targets without a good scrape in the lookback: their counters' last values lie further back.
    what(
      'gap',
      `count(${answered(w)} and ${on} ${older} unless ${on} ${answered(l, ` ${before}`)} and ${on} ${answered(`[${farLookbackMs}ms]`, ` ${before}`)})`,
    ),
  ].join(' or ');
}
