import type { NamedNode } from '../question.ts';

/** One step: calls of a pair that were let through. `last` in epoch milliseconds. */
export type WalkHop = {
  readonly from: NamedNode;
  readonly to: NamedNode;
  readonly mTls: boolean;
  readonly last: number;
};

export type Direction = 'out' | 'in';

/** Hops as lists of neighbours: those of node `i` stand in `hops` from `starts[i]` to `starts[i + 1]`, the newest first. */
type Neighbours = { readonly starts: Int32Array; readonly hops: Int32Array };

/** All hops of a period, ready to be walked in either direction. */
export type Walk = {
  readonly nodes: readonly NamedNode[];
  readonly indices: ReadonlyMap<string, number>;
  readonly hops: readonly WalkHop[];
  /** Index of each hop's ends. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly neighbours: Readonly<Record<Direction, Neighbours>>;
};

/** What a walk reached, nearest first: each with the hops to it, and the hop by which it was reached (-1 at a start). */
export type Reached = {
  readonly order: readonly number[];
  readonly distance: Int32Array;
  readonly via: Int32Array;
};

export function makeWalk(hops: readonly WalkHop[]): Walk {
  const indices = new Map<string, number>();
  const nodes: NamedNode[] = [];
  const indexOf = (node: NamedNode): number => {
    const known = indices.get(node.key);
    if (known !== undefined) return known;
    indices.set(node.key, nodes.length);
    return nodes.push(node) - 1;
  };
  const sorted = hops.toSorted(
    (a, b) => b.last - a.last || inOrder(a.from.key, b.from.key) || inOrder(a.to.key, b.to.key),
  );
  const from = Int32Array.from(sorted, (hop) => indexOf(hop.from));
  const to = Int32Array.from(sorted, (hop) => indexOf(hop.to));
  const neighbours = { out: neighboursBy(from, nodes.length), in: neighboursBy(to, nodes.length) };
  return { nodes, indices, hops: sorted, from, to, neighbours };
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Hops by one of their ends, in the order they have. */
function neighboursBy(ends: Int32Array, count: number): Neighbours {
  const starts = new Int32Array(count + 1);
  for (const end of ends) starts[end + 1] = at(starts, end + 1) + 1;
  for (let i = 0; i < count; i++) starts[i + 1] = at(starts, i + 1) + at(starts, i);
  const next = starts.slice();
  const hops = new Int32Array(ends.length);
  for (const [hop, end] of ends.entries()) {
    hops[at(next, end)] = hop;
    next[end] = at(next, end) + 1;
  }
  return { starts, hops };
}

/**
 * Breadth first from `starts`, over at most `most` hops: `out` along the calls, `in` against them. Linear in the hops it
 * meets. Of ways of equal length the one seen most recently is taken.
 */
export function spread(walk: Walk, starts: readonly number[], direction: Direction, most: number): Reached {
  const distance = new Int32Array(walk.nodes.length).fill(-1);
  const via = new Int32Array(walk.nodes.length).fill(-1);
  const order: number[] = [];
  const meet = (node: number, hops: number, hop: number): void => {
    if (distance[node] !== -1) return;
    distance[node] = hops;
    via[node] = hop;
    order.push(node);
  };
  for (const start of starts) meet(start, 0, -1);
  const far = direction === 'out' ? walk.to : walk.from;
  for (const node of order) {
    const hops = at(distance, node) + 1;
    if (hops > most) break;
    for (const hop of hopsAt(walk, node, direction)) meet(at(far, hop), hops, hop);
  }
  return { order, distance, via };
}

/** The hops that lead from a node (`out`) or to it (`in`), the newest first, as indices. */
export function hopsAt({ neighbours }: Walk, node: number, direction: Direction): Int32Array {
  const { starts, hops } = neighbours[direction];
  return hops.subarray(at(starts, node), at(starts, node + 1));
}

const at = (list: Int32Array, index: number): number => list[index] as number;

/** The hops between a start and what was reached, in the order of the calls. */
export function wayOf(walk: Walk, { via }: Reached, reached: number, direction: Direction): WalkHop[] {
  const way: WalkHop[] = [];
  const back = direction === 'out' ? walk.from : walk.to;
  for (let node = reached; via[node] !== -1; ) {
    const hop = at(via, node);
    way.push(walk.hops[hop] as WalkHop);
    node = at(back, hop);
  }
  return direction === 'out' ? way.reverse() : way;
}
