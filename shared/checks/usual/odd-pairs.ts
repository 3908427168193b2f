import { z } from 'zod';
import { walk } from '../ways/walk.ts';
import { type Hour, toHours, type Usual, usualOf } from './usual-hour.ts';

const windows = z.object({ at: z.array(z.number()), counts: z.array(z.number()), failures: z.array(z.number()) });

/** A row of hours.cypher: hours as [from, count, failures], and the windows of closed days before. */
export const hoursRow = z.object({
  callerKey: z.string(),
  callerLabel: z.string(),
  caller: z.string(),
  calleeKey: z.string(),
  calleeLabel: z.string(),
  callee: z.string(),
  hours: z.array(z.tuple([z.number(), z.number(), z.number()])),
  start: z.number(),
  history: z.number(),
  past: z.array(windows),
});

type HoursRow = z.infer<typeof hoursRow>;

/** How an hour is measured, and when it is worth telling at all. */
export type Measure = {
  readonly measure: (hour: Hour) => number | undefined;
  readonly isWorthTelling: (hour: Hour, usual: Usual) => boolean;
};

/** A pair with the hour of it that is furthest out of the usual. */
export type OddPair = Omit<HoursRow, 'hours' | 'past'> & {
  readonly hour: Hour;
  readonly value: number;
  readonly than: Usual;
};

/** The pairs of which an hour is out of the usual. One known for less than `history` is not judged yet. */
export function oddPairs(rows: readonly HoursRow[], { measure, isWorthTelling }: Measure): OddPair[] {
  return rows.flatMap(({ hours, past, ...pair }) => {
    const earlier = toHours(past, pair.start);
    const known = pair.start - earlier.reduce((first, { from }) => Math.min(first, from), pair.start);
    if (known < pair.history) return [];
    const odd = hours.flatMap(([from, count, failures]) => {
      const hour = { from, count, failures };
      const [value, than] = [measure(hour), usualOf(earlier, from, measure)];
      if (value === undefined || than === undefined || value <= than.limit || !isWorthTelling(hour, than)) return [];
      return { ...pair, hour, value, than };
    });
    return odd.toSorted((a, b) => b.value - a.value).slice(0, 1);
  });
}

/** Pairs with one cause, the furthest out of the usual first; `further`: how many more are odd because of them. */
export type Cause = { readonly pairs: readonly [OddPair, ...OddPair[]]; readonly further: number };

/**
 * Odd pairs by their cause. What rises, rises along the calls: its cause is a caller that nobody odd calls. What fails,
 * fails against them: its cause is a callee that calls nobody odd.
 */
export function causesOf(odd: readonly OddPair[], cause: 'caller' | 'callee'): Cause[] {
  const hops = odd.map((pair) => ({ from: pair.callerKey, to: pair.calleeKey, pair }));
  const [near, far] = cause === 'caller' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const touched = new Set(hops.map((hop) => hop[far]));
  const causes: Cause[] = [];
  const left = new Set(hops);
  while (left.size > 0) {
    const ends = [...new Set([...left].map((hop) => hop[near]))].sort();
    // Where all are in a circle, one of it stands for it.
    const root = ends.find((end) => !touched.has(end)) ?? ends[0] ?? '';
    const reached = walk([root], [...left], cause === 'caller' ? 'along' : 'against');
    const group = [...left].filter((hop) => reached.has(hop[near]));
    const [first, ...others] = group
      .filter((hop) => hop[near] === root)
      .map(({ pair }) => pair)
      .toSorted((a, b) => b.value - a.value || (a.callerKey + a.calleeKey < b.callerKey + b.calleeKey ? -1 : 1));
    for (const hop of group) left.delete(hop);
    if (first) causes.push({ pairs: [first, ...others], further: group.length - others.length - 1 });
  }
  return causes;
}
