import { connectedNodes, groupsOf, type LinkState, linksOf, nodeCaption } from './links.ts';
import { periodTitle } from './period-title.ts';
import type { Topology, TopologyNode } from './topology.ts';

const LINE_STYLES: Readonly<Record<LinkState, string>> = {
  denied: 'color="#d1242f" fontcolor="#d1242f" arrowhead=tee',
  'partly-denied': 'color="#d1242f" fontcolor="#d1242f" arrowhead=teenormal',
  plaintext: 'color="#bf8700" fontcolor="#bf8700" style=dashed',
  mtls: 'color="#1a7f37"',
};

/** The topology in Graphviz's language, a cluster a namespace: `meshgraph export -o dot | dot -Tpng`. */
export function renderDot(topology: Topology): string {
  const nodes = connectedNodes(topology);
  const ids = new Map(nodes.map(({ key }, index) => [key, `n${index}`]));
  const node = (one: TopologyNode): string =>
    `${ids.get(one.key)} [label=${quote(one.name, nodeCaption(one))}${one.meshed === false ? ' style=dashed' : ''}]`;
  return [
    'digraph meshgraph {',
    `  graph [label=${quote(periodTitle(topology))} labelloc=t rankdir=LR fontname="Helvetica"]`,
    '  node [shape=box fontname="Helvetica"]',
    '  edge [fontname="Helvetica" fontsize=10]',
    ...groupsOf(nodes).flatMap((group, index) =>
      group.title === ''
        ? group.nodes.map((one) => `  ${node(one)}`)
        : [
            `  subgraph cluster_${index} {`,
            `    label=${quote(group.title)}`,
            ...group.nodes.map((one) => `    ${node(one)}`),
            '  }',
          ],
    ),
    ...linksOf(topology).map(
      ({ from, to, state, lines }) =>
        `  ${ids.get(from)} -> ${ids.get(to)} [label=${quote(...lines)} ${LINE_STYLES[state]}]`,
    ),
    '}',
    '',
  ].join('\n');
}

/** A quoted string of DOT: only `"` and `\` mean something in it. Lines are joined by its own line break. */
const quote = (...lines: string[]): string =>
  `"${lines.map((line) => line.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, '\\$&')).join('\\n')}"`;
