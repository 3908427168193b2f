import { Graph, layout } from '@dagrejs/dagre';
import { InvalidInputError } from '../../errors.ts';
import { connectedNodes, type Group, groupsOf, type Link, linksOf, nodeCaption } from '../links.ts';
import type { Topology, TopologyNode } from '../topology.ts';
import { routePaths } from './route.ts';

/** Sizes in pixels of the picture at its natural size. Labels are set in a monospaced face, so their width is known. */
const LABEL_CHARACTER = 6.3;
export const LABEL_LINE = 14;
const NAME_CHARACTER = 8;
const LONGEST_NAME = 34;
const NODE_HEIGHT = 44;
/** Beyond it a picture is wider than any screen, and its layout takes seconds. */
const MOST_PAIRS = 250;

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type PlacedNode = Box & { readonly node: TopologyNode; readonly name: string; readonly caption: string };
export type PlacedGroup = Box & { readonly title: string };
/** `path` is SVG path data. */
export type PlacedLink = { readonly link: Link; readonly path: string; readonly label: Box };
export type Point = { readonly x: number; readonly y: number };
export type Layout = {
  readonly width: number;
  readonly height: number;
  readonly groups: readonly PlacedGroup[];
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
};

/**
 * Callers left, callees right, a box a namespace; labels have a place of their own, so nothing lies upon another. Boxes are
 * given by their upper left corner. Throws InvalidInputError for more pairs than a picture can show.
 */
export function layoutTopology(topology: Topology): Layout {
  const graph = new Graph({ compound: true, multigraph: false });
  graph.setGraph({ rankdir: 'LR', nodesep: 34, edgesep: 18, ranksep: 56, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  const groups = groupsOf(connectedNodes(topology));
  for (const [index, group] of groups.entries()) addGroup(graph, group, `group ${index}`);
  const links = linksOf(topology);
  if (links.length > MOST_PAIRS) {
    throw new InvalidInputError(
      `a picture of ${links.length} pairs of caller and callee cannot be read (at most ${MOST_PAIRS}): choose one --namespace, ` +
        'a shorter period with --since, or another format (json, csv, graphml)',
    );
  }
  for (const { from, to, lines } of links) {
    const width = Math.max(...lines.map(({ length }) => length)) * LABEL_CHARACTER + 10;
    graph.setEdge(from, to, { width, height: lines.length * LABEL_LINE + 4, labelpos: 'c' });
  }
  layout(graph);
  const placed = graph.graph() as { width: number; height: number };
  const nodes = groups.flatMap((group) =>
    group.nodes.map((node) => ({
      node,
      name: shortName(node),
      caption: nodeCaption(node),
      ...boxOf(graph.node(node.key)),
    })),
  );
  const routes = links.map((link) => {
    const edge = graph.edge(link.from, link.to);
    // The first and the last point lie on the boxes, where the router has a better place.
    const via: Point[] = edge.points.slice(1, -1);
    return { link, from: boxOf(graph.node(link.from)), to: boxOf(graph.node(link.to)), label: boxOf(edge), via };
  });
  const paths = routePaths(routes, nodes);
  return {
    // Of nothing, dagre tells an infinite size.
    width: nodes.length > 0 ? placed.width : 0,
    height: nodes.length > 0 ? placed.height : 0,
    groups: groups.flatMap(({ title }, index) =>
      title === '' ? [] : [{ title, ...boxOf(graph.node(`group ${index}`)) }],
    ),
    nodes,
    links: routes.map(({ link, label }, index) => ({ link, label, path: paths[index] ?? '' })),
  };
}

function addGroup(graph: InstanceType<typeof Graph>, { title, nodes }: Group, id: string): void {
  if (title !== '') graph.setNode(id, { width: 0, height: 0 });
  for (const node of nodes) {
    const width =
      Math.max(shortName(node).length * NAME_CHARACTER, nodeCaption(node).length * LABEL_CHARACTER, 70) + 24;
    graph.setNode(node.key, { width, height: NODE_HEIGHT });
    if (title !== '') graph.setParent(node.key, id);
  }
}

/** Long names (identities, external hosts) keep both ends; the whole name is in the tooltip. */
function shortName({ name }: TopologyNode): string {
  if (name.length <= LONGEST_NAME) return name;
  return `${name.slice(0, LONGEST_NAME - 11)}…${name.slice(-10)}`;
}

const boxOf = ({ x, y, width, height }: Box): Box => ({ x: x - width / 2, y: y - height / 2, width, height });
