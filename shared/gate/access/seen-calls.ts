import { formatInstant } from '../../domain/instant.ts';
import { oncePer } from '../../domain/once-per.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import type { JudgedChange } from '../rule.ts';
import { some } from '../telling/amounts.ts';

/** The calls seen, by key of the graph of either end. */
export const seenCalls = oncePer(({ baseline: { traffic } }: JudgedChange) => ({
  from: Map.groupBy(traffic.edges, ({ from }) => from.key),
  to: Map.groupBy(traffic.edges, ({ to }) => to.key),
}));

/** `91,200 requests and 3 connections from shop/web and shop/edge, last 2026-11-24T11:58:00Z`; `far` ends are told. */
export function seenInWords(edges: readonly Edge[], far: 'from' | 'to'): string {
  const counts = (['requests', 'connections'] as const).flatMap((unit) => {
    const count = edges.reduce((sum, edge) => sum + (edge.unit === unit ? edge.count : 0), 0);
    return count > 0 ? [some(count, unit.slice(0, -1))] : [];
  });
  const last = formatInstant(edges.reduce((newest, edge) => Math.max(newest, edge.last), 0));
  return `${counts.join(' and ')} ${far} ${listed(farEnds(edges, far))}, last ${last}`;
}

/** The names of one end of calls, in order. */
export const farEnds = (edges: readonly Edge[], far: 'from' | 'to'): string[] =>
  [...new Set(edges.map((edge) => edge[far].name))].sort();

const SHOWN = 3;

function listed(names: readonly string[]): string {
  const others = names.length - SHOWN;
  const all = others > 0 ? [...names.slice(0, SHOWN), some(others, 'other')] : names;
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : (all[0] ?? '');
}
