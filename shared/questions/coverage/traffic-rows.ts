import { formatDuration } from '../../domain/duration.ts';
import { namespaceKey } from '../../domain/keys.ts';
import type { AnswerRow } from '../question.ts';
import type { WindowRow } from '../watched/watched.ts';
import { parseTrafficCoverage, type Told } from './rows.ts';

type Input = { readonly cluster: string; readonly since: number; readonly at: number };
type Stretch = { readonly state: string; readonly from: number; to: number; windows: number };

/** The period in stretches: watched, read in part, unwatched; each with how many windows and why. */
export function trafficRows(
  windows: readonly WindowRow['told'][],
  partial: readonly Told<'partial'>[],
  { since, at }: Input,
): AnswerRow[] {
  const stretches: Stretch[] = [];
  const add = (state: string, from: number, to: number, count: number): void => {
    if (from >= to) return;
    const last = stretches.at(-1);
    if (last?.state === state && last.to >= from) {
      last.to = Math.max(last.to, to);
      last.windows += count;
    } else stretches.push({ state, from, to, windows: count });
  };
  let watchedTo = since;
  for (const window of windows.filter(({ to }) => to > since).sort((a, b) => a.from - b.from)) {
    const from = Math.max(window.from, since);
    const to = Math.min(window.to, at);
    add('unwatched', watchedTo, from, 0);
    add(window.whole ? 'watched' : 'in part', from, to, window.windows);
    watchedTo = Math.max(watchedTo, to);
  }
  add('unwatched', watchedTo, at, 0);
  return stretches.map(({ state, from, to, windows: count }) => ({
    source: 'traffic',
    state,
    what: 'windows',
    from,
    to,
    detail: [
      formatDuration(to - from),
      ...(count > 0 ? [count === 1 ? '1 window' : `${count} windows`] : []),
      ...(state === 'in part' ? notesOf(partial.filter((one) => one.from < to && one.to > from)) : []),
    ].join(', '),
    key: null,
  }));
}

const notesOf = (partial: readonly Told<'partial'>[]): string[] => [
  ...new Set(partial.flatMap(({ coverage }) => parseTrafficCoverage(coverage).notes)),
];

/** Namespaces in which, as of the newest window, some proxies gave no sample, or pods have a proxy nobody scrapes. */
export function podRows(
  newest: Told<'newest window'> | undefined,
  pods: readonly Told<'pods'>[],
  { cluster }: Input,
): AnswerRow[] {
  if (newest === undefined) return [];
  const scrapes = new Map(parseTrafficCoverage(newest.coverage).scrapes.map((one) => [one.namespace, one]));
  const meshed = new Map(pods.map((one) => [one.namespace, one.pods]));
  return [...new Set([...scrapes.keys(), ...meshed.keys()])].sort().flatMap((namespace) => {
    const { proxies = 0, silent = 0 } = scrapes.get(namespace) ?? {};
    const unknown = Math.max(0, (meshed.get(namespace) ?? 0) - proxies);
    if (silent + unknown === 0) return [];
    const detail = [
      ...(silent > 0 ? [`${silent} of ${proxies} proxies gave no sample`] : []),
      ...(unknown > 0 ? [`${unknown} of ${meshed.get(namespace)} pods with a proxy are not scraped`] : []),
    ];
    return [
      {
        source: 'traffic',
        state: 'unseen',
        what: namespace,
        from: newest.from,
        to: newest.to,
        detail: detail.join(', '),
        key: namespaceKey(cluster, namespace),
      },
    ];
  });
}
