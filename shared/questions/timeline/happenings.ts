import { times } from '../../checks/times.ts';
import { formatInstant } from '../../domain/instant.ts';
import { difference } from '../changes/difference.ts';
import { trafficRows } from '../coverage/traffic-rows.ts';
import { type Run, spansOf } from '../watched/spans.ts';
import { afterIt, beforeIt, type Watched, type WindowRow } from '../watched/watched.ts';
import type { Happening, Told } from './rows.ts';

export type Look = {
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly watched: Watched;
  readonly quiet: number;
};

export const factHappenings = (facts: readonly Told<'fact'>[]): Happening[] =>
  facts.map(({ at, event, detail, before, after, label, key, name, other, otherKey }) => {
    const entity = `${label} ${name ?? key}`;
    const keys = otherKey === null ? [key] : [key, otherKey];
    if (event === 'changed') return { at, what: event, entity, detail: difference(detail ?? '', before, after), keys };
    return { at, what: event, entity, detail: [detail, other].filter((part) => part !== null).join(' ') || null, keys };
  });

/** First calls that were seen to be the first, and last ones where silence was watched for long enough. */
export function callHappenings(pairs: readonly Told<'pair'>[], { watched, at, quiet }: Look): Happening[] {
  return pairs.flatMap(({ fromKey, from, toKey, to, first, last }) => {
    const one = { entity: `${from} → ${to}`, keys: [fromKey, toKey] };
    const unwatched = beforeIt(watched, first) === 'unwatched';
    const begin = { ...one, at: first, what: 'first call', detail: unwatched ? 'not watched before' : null };
    const known = watched.began !== undefined && first <= watched.began;
    const ended = afterIt(watched, last, at, quiet) === 'ended';
    return [...(known ? [] : [begin]), ...(ended ? [{ ...one, at: last, what: 'last call', detail: null }] : [])];
  });
}

/** From when to when somebody was turned away: each span tells where it begins, and where it was seen to end. */
export function denialHappenings(denials: readonly Told<'denial'>[], look: Look): Happening[] {
  const spans = Map.groupBy(denials, ({ fromKey, toKey, port, verdict }) =>
    JSON.stringify([fromKey, toKey, port, verdict]),
  );
  return [...spans.values()].flatMap((parts) => {
    const [sample] = parts;
    if (!sample) return [];
    const { from, to, port, verdict, fromKey, toKey } = sample;
    const policies = [...new Set(parts.map(({ policy }) => policy))].filter((policy) => policy !== null).join(', ');
    const one = { entity: `${from} → ${to}`, keys: [fromKey, toKey] };
    return spansOf(parts.flatMap(runsOf), { ...look, since: 0, earlier: false }).flatMap((span) => {
      const until = span.ended === 'goes on' ? 'and goes on' : `until ${formatInstant(span.to)}`;
      const detail = `port ${port}, by ${policies}, ${times(span.count)} ${until}`;
      const end = { ...one, at: span.to, what: `last ${verdict}`, detail: `port ${port}` };
      return [{ ...one, at: span.from, what: verdict, detail }, ...(span.ended === 'ended' ? [end] : [])];
    });
  });
}

function runsOf({ first, last, total, at, length, counts }: Told<'denial'>): Run[] {
  if (at === null) return [{ from: first, to: last, count: total }];
  return at
    .map((from, index) => ({ from, to: from + (length?.[index] ?? 0), count: counts?.[index] ?? 0 }))
    .filter(({ count }) => count > 0);
}

/** Each state a finding entered, as its history has it: "open 1764000000000". */
export const findingHappenings = (findings: readonly Told<'finding'>[]): Happening[] =>
  findings.flatMap(({ key, check, message, severity, history }) =>
    history.map((entry) => {
      const [state = '', at] = entry.split(' ');
      return {
        at: Number(at),
        what: `finding ${state}`,
        entity: check,
        detail: `${severity}: ${message}`,
        keys: [key],
      };
    }),
  );

/** Where traffic was not watched, or only in part. */
export const gapHappenings = (windows: readonly WindowRow['told'][], look: Look): Happening[] =>
  trafficRows(windows, [], look)
    .filter(({ state }) => state !== 'watched')
    .map(({ state, from, to, detail }) => ({
      at: Number(from),
      what: state === 'in part' ? 'read in part' : 'not watched',
      entity: 'traffic',
      detail: `${detail}, until ${formatInstant(Number(to))}`,
      keys: [],
    }));
