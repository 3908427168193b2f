import type { Topology } from './topology.ts';

/** What lies within `depth` calls of a node, in either direction, and every call between those. */
export function neighbourhoodOf(topology: Topology, key: string, depth: number): Topology {
  const near = new Set([key]);
  for (let step = 0; step < depth; step++) {
    const reached = topology.edges.filter(({ from, to }) => near.has(from) || near.has(to));
    for (const { from, to } of reached) near.add(from).add(to);
  }
  return {
    ...topology,
    nodes: topology.nodes.filter((node) => near.has(node.key)),
    edges: topology.edges.filter(({ from, to }) => near.has(from) && near.has(to)),
  };
}
