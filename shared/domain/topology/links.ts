import type { Topology, TopologyEdge, TopologyNode } from './topology.ts';

/** How a link is drawn. The graver one wins: nothing got through, some was turned away, some went without mutual TLS. */
export type LinkState = 'denied' | 'partly-denied' | 'plaintext' | 'mtls';

/** All edges of one pair, drawn as one line. `lines` is its label: ports and counts, then what went wrong. */
export type Link = {
  readonly from: string;
  readonly to: string;
  readonly state: LinkState;
  readonly lines: readonly string[];
  readonly edges: readonly TopologyEdge[];
};

/** The pairs of a topology, in the order of its edges. */
export function linksOf({ edges }: Topology): Link[] {
  const pairs = Map.groupBy(edges, ({ from, to }) => JSON.stringify([from, to]));
  return [...pairs.values()].flatMap((parallel) => {
    const [first] = parallel;
    if (!first) return [];
    return { from: first.from, to: first.to, state: stateOf(parallel), lines: linesOf(parallel), edges: parallel };
  });
}

function stateOf(edges: readonly TopologyEdge[]): LinkState {
  const denied = sum(edges, 'denied');
  if (denied > 0) return denied < sum(edges, 'count') ? 'partly-denied' : 'denied';
  return edges.every(({ mTls }) => mTls === true) ? 'mtls' : 'plaintext';
}

function linesOf(edges: readonly TopologyEdge[]): string[] {
  const ports = [...new Set(edges.map(({ port }) => port))].sort((a, b) => a - b);
  const denied = sum(edges, 'denied');
  const counts = (['requests', 'connections'] as const).flatMap((unit) => {
    const count = sum(
      edges.filter((edge) => edge.unit === unit),
      'count',
    );
    return count > 0 ? [`${formatCount(count)} ${unit === 'requests' ? 'req' : 'conn'}`] : [];
  });
  const troubles = [
    ...(denied > 0 ? [`${denied === sum(edges, 'count') ? 'all' : formatCount(denied)} denied`] : []),
    ...(sum(edges, 'failures') > 0 ? [`${formatCount(sum(edges, 'failures'))} failed`] : []),
  ];
  const where =
    ports.length > 3 ? `:${ports[0]} +${ports.length - 1} ports` : ports.map((port) => `:${port}`).join(' ');
  return [`${where} · ${counts.join(' · ')}`, ...(troubles.length > 0 ? [troubles.join(' · ')] : [])];
}

/** The nodes that take part in a call. The others would only fill the picture. */
export function connectedNodes({ nodes, edges }: Topology): TopologyNode[] {
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return nodes.filter(({ key }) => ends.has(key));
}

export type Group = { readonly title: string; readonly nodes: readonly TopologyNode[] };

/** Nodes by namespace; the first group, without a title, is of those that live in none. */
export function groupsOf(nodes: readonly TopologyNode[]): Group[] {
  const groups = Map.groupBy(nodes, ({ namespace }) => namespace ?? '');
  return [...groups]
    .map(([title, members]) => ({ title, nodes: members }))
    .sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** What a node is, in a word or two under its name. */
export function nodeCaption({ label, kind, meshed, holds }: TopologyNode): string {
  const what = label === 'Workload' ? (kind ?? label) : label.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const facts = [
    ...(meshed === false ? ['not meshed'] : []),
    ...(holds.length > 0 ? [`holds ${holds.join(', ')}`] : []),
  ];
  return [what, ...facts].join(' · ');
}

/** 12345 as `12,345`. */
export const formatCount = (count: number): string => count.toLocaleString('en-US');

const sum = (edges: readonly TopologyEdge[], of: 'count' | 'denied' | 'failures'): number =>
  edges.reduce((total, edge) => total + edge[of], 0);
