import type { NamedNode } from '../question.ts';
import type { Edge } from './merge.ts';
import { countOf, isLetIn, policiesOf } from './shares.ts';

/** All edges of one pair that let something through, as one step of a path; counts and policies are of what got through. */
export type Hop = {
  readonly from: NamedNode;
  readonly to: NamedNode;
  readonly ports: readonly number[];
  readonly count: number;
  readonly mTls: boolean;
  readonly policies: readonly string[];
  readonly first: number;
  readonly last: number;
};

/** Edges as hops: pairs of which everything was turned away are no hop. */
export function hopsOf(edges: readonly Edge[]): Hop[] {
  const pairs = Map.groupBy(
    edges.filter(({ shares }) => shares.some(isLetIn)),
    ({ from, to }) => JSON.stringify([from.key, to.key]),
  );
  return [...pairs.values()].flatMap((parallel) => {
    const [sample] = parallel;
    if (!sample) return [];
    const letIn = parallel.flatMap(({ shares }) => shares.filter(isLetIn));
    return {
      from: sample.from,
      to: sample.to,
      ports: [...new Set(parallel.map(({ port }) => port))].sort((a, b) => a - b),
      count: countOf(letIn),
      mTls: parallel.every(({ mTls }) => mTls),
      policies: policiesOf(letIn),
      first: Math.min(...parallel.map(({ first }) => first)),
      last: Math.max(...parallel.map(({ last }) => last)),
    };
  });
}

/**
 * Shortest ways over the hops, breadth first: from each node that can be reached to the nearest of `ends`, as the hops
 * to take. Linear in the number of hops. Of ways of equal length the one seen most recently is taken.
 */
export function waysTo(ends: readonly string[], hops: readonly Hop[]): Map<string, readonly Hop[]> {
  const arriving = Map.groupBy(
    hops.toSorted((a, b) => b.last - a.last || (a.from.key < b.from.key ? -1 : 1)),
    ({ to }) => to.key,
  );
  const ways = new Map<string, readonly Hop[]>(ends.map((end) => [end, []]));
  const queue = [...ways.keys()];
  for (const reached of queue) {
    for (const hop of arriving.get(reached) ?? []) {
      if (ways.has(hop.from.key)) continue;
      ways.set(hop.from.key, [hop, ...(ways.get(reached) ?? [])]);
      queue.push(hop.from.key);
    }
  }
  return ways;
}

/** `a → b → c`. */
export const wayText = (way: readonly Pick<Hop, 'from' | 'to'>[]): string =>
  [way[0]?.from.name, ...way.map(({ to }) => to.name)].filter((name) => name !== undefined).join(' → ');
