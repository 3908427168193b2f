import { DAY_MS } from '../traffic-series/bucket.ts';
import type { Spans } from './horizon.ts';

export type GraphSize = { readonly nodes: number; readonly relationships: number };

/** What of the budget is used, in percent of the dearer of the two. */
export const budgetUsed = (size: GraphSize, budget: GraphSize): number =>
  100 * Math.max(size.nodes / budget.nodes, size.relationships / budget.relationships);

/** Percent. A tenth is kept free for what is written until the next run. */
export const WANTED_USE = 90;

type Name = keyof Spans;

/** From the least to the most valuable. */
const ORDER: readonly Name[] = ['months', 'closed', 'findings', 'days', 'windows'];

/** A span is never shorter than another, or than a day. */
const AT_LEAST: Partial<Record<Name, Name>> = { months: 'days', days: 'windows', closed: 'windows' };

/**
 * The next shorter retention when the graph is over its budget: a quarter off the longest span, so that the oldest goes
 * first, and of spans of one length off what is least valuable. `age` is that of the oldest there is: spans beyond it
 * change nothing. `undefined` when nothing is left to give up but the last day, live facts and open findings.
 */
export function tightenSpans(spans: Spans, age: number): Required<Spans> | undefined {
  const all = Math.max(1, Math.ceil(age / DAY_MS)) * DAY_MS;
  const clipped = Object.fromEntries(ORDER.map((name) => [name, Math.min(spans[name] ?? all, all)])) as Record<
    Name,
    number
  >;
  const shortest = (name: Name): number => {
    const other = AT_LEAST[name];
    return other === undefined ? DAY_MS : clipped[other];
  };
  const [longest] = ORDER.filter((name) => clipped[name] > shortest(name)).sort((a, b) => clipped[b] - clipped[a]);
  if (longest === undefined) return undefined;
  const shorter = Math.floor((clipped[longest] * 0.75) / DAY_MS) * DAY_MS;
  return { ...clipped, [longest]: Math.max(shorter, shortest(longest)) };
}
