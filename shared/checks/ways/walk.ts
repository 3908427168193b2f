/** Whatever leads from one node to another. */
type Step = { readonly from: string; readonly to: string };

/** From each node that was reached, the hop it was reached by; the ends it began at have none. */
export type Reached<Hop extends Step> = ReadonlyMap<string, Hop | undefined>;

/**
 * Breadth first from `ends`, along the calls or against them: the nearest way to each node, in time linear in the hops.
 * Among ways of one length that of the lesser key is taken, so that an answer does not depend on the order of rows.
 */
export function walk<Hop extends Step>(
  ends: readonly string[],
  hops: readonly Hop[],
  direction: 'along' | 'against',
): Reached<Hop> {
  const [near, far] = direction === 'along' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const leaving = Map.groupBy(hops, (hop) => hop[near]);
  const reached = new Map<string, Hop | undefined>(ends.toSorted().map((end) => [end, undefined]));
  for (const node of reached.keys()) {
    for (const hop of (leaving.get(node) ?? []).toSorted((a, b) => (a[far] < b[far] ? -1 : 1))) {
      if (!reached.has(hop[far])) reached.set(hop[far], hop);
    }
  }
  return reached;
}

/** The hops between `node` and the end it was reached from, in the order of the calls. */
export function wayTo<Hop extends Step>(node: string, reached: Reached<Hop>, direction: 'along' | 'against'): Hop[] {
  const way: Hop[] = [];
  for (let hop = reached.get(node); hop; hop = reached.get(direction === 'along' ? hop.from : hop.to)) way.push(hop);
  return direction === 'along' ? way.reverse() : way;
}
