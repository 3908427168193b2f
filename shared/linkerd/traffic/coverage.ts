import type { ScrapeCoverage, TrafficObservation } from '../../domain/observation.ts';
import type { Window } from '../../domain/window.ts';
import type { TrafficLabels } from './labels.ts';
import { targetHistories } from './raw.ts';
import { lowerBound, type RawSeries, type Row } from './series.ts';

type Counts = { proxies: number; silent: number; scrapes: number; answered: number };

const asCoverage = (namespace: string, { proxies, silent, scrapes, answered }: Counts): ScrapeCoverage => ({
  namespace,
  proxies,
  silent,
  scrapes,
  failedScrapes: scrapes - answered,
});

const sorted = (found: Map<string, Counts>): ScrapeCoverage[] =>
  [...found]
    .map(([namespace, counts]) => asCoverage(namespace, counts))
    .sort((a, b) => (a.namespace < b.namespace ? -1 : 1));

/**
 * The coverage of a window. One without a single scraped proxy tells nothing: no call was seen, but none could have been.
 * `notes` say what else was left unread.
 */
export function trafficCoverage(
  scrapes: ScrapeCoverage[],
  targetsReadRaw: number,
  notes: readonly string[],
): TrafficObservation['coverage'] {
  const blind = scrapes.every(({ proxies, silent }) => silent === proxies);
  const all = blind ? [...notes, 'no proxy was scraped in this window'] : [...notes];
  return { complete: all.length === 0, scrapes, targetsReadRaw, notes: all };
}

/** How well each namespace's proxies were scraped, from the rows of the coverage query. */
export function coverageFromRows(rows: readonly Row[], names: TrafficLabels): ScrapeCoverage[] {
  const found = new Map<string, Counts>();
  for (const { labels, value } of rows) {
    const what = labels.what as keyof Counts | 'gap' | 'lapsed';
    if (what === 'gap' || what === 'lapsed') continue;
    const namespace = labels[names.namespace] ?? '';
    const counts = found.get(namespace) ?? { proxies: 0, silent: 0, scrapes: 0, answered: 0 };
    counts[what] = value;
    found.set(namespace, counts);
  }
  return sorted(found);
}

/** Whether long-running proxies had no good scrape in the whole lookback: then it must reach further back. */
export const lookbackTooShort = (rows: readonly Row[]): boolean =>
  rows.some(({ labels, value }) => labels.what === 'gap' && value > 0);

/** More of them would make queries longer than a URI may be (65,534 bytes in a proxy). */
const MOST_LAPSED = 20;

/** Targets whose scrape just before the window failed, by instance; undefined where they are too many to be named. */
export function lapsedTargets(rows: readonly Row[], names: TrafficLabels): string[] | undefined {
  const lapsed = rows
    .filter(({ labels }) => labels.what === 'lapsed')
    .map(({ labels }) => labels[names.instance] ?? '');
  return lapsed.length > MOST_LAPSED ? undefined : lapsed.sort();
}

/** The same from raw samples of `up`. */
export function coverageFromRaw(series: readonly RawSeries[], window: Window, names: TrafficLabels): ScrapeCoverage[] {
  const found = new Map<string, Counts>();
  for (const { up } of targetHistories(series, names).values()) {
    if (up === undefined) continue;
    const values = up.values.slice(lowerBound(up.times, window.from), lowerBound(up.times, window.to));
    if (values.length === 0) continue;
    const namespace = up.labels[names.namespace] ?? '';
    const counts = found.get(namespace) ?? { proxies: 0, silent: 0, scrapes: 0, answered: 0 };
    const answered = values.reduce((sum, value) => sum + value, 0);
    counts.proxies += 1;
    counts.silent += answered === 0 ? 1 : 0;
    counts.scrapes += values.length;
    counts.answered += answered;
    found.set(namespace, counts);
  }
  return sorted(found);
}
