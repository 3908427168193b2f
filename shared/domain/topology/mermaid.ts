import { connectedNodes, groupsOf, type Link, type LinkState, linksOf, nodeCaption } from './links.ts';
import { mermaidText as label } from './mermaid-text.ts';
import { periodTitle } from './period-title.ts';
import type { Topology, TopologyNode } from './topology.ts';

const ARROWS: Readonly<Record<LinkState, string>> = {
  denied: '--x',
  'partly-denied': '--x',
  plaintext: '-.->',
  mtls: '-->',
};
const LINE_STYLES: Readonly<Record<LinkState, string>> = {
  denied: 'stroke:#d1242f,stroke-width:2px',
  'partly-denied': 'stroke:#d1242f,stroke-width:2px,stroke-dasharray:8 4',
  plaintext: 'stroke:#bf8700,stroke-width:2px',
  mtls: 'stroke:#1a7f37',
};

/** The topology as a Mermaid flowchart: GitHub, GitLab and most wikis draw it where it stands in a document. */
export function renderMermaid(topology: Topology): string {
  const nodes = connectedNodes(topology);
  const ids = new Map(nodes.map(({ key }, index) => [key, `n${index}`]));
  const links = linksOf(topology);
  const box = (node: TopologyNode): string => {
    const [open, close] = shapeOf(node);
    return `${ids.get(node.key)}${open}"${label(node.name)}<br/>${label(nodeCaption(node))}"${close}`;
  };
  return [
    '---',
    `title: ${JSON.stringify(periodTitle(topology))}`,
    '---',
    'flowchart LR',
    ...groupsOf(nodes).flatMap((group, index) =>
      group.title === ''
        ? group.nodes.map((node) => `  ${box(node)}`)
        : [`  subgraph g${index}["${label(group.title)}"]`, ...group.nodes.map((node) => `    ${box(node)}`), '  end'],
    ),
    ...links.map(
      ({ from, to, state, lines }) =>
        `  ${ids.get(from)} ${ARROWS[state]}|"${lines.map(label).join('<br/>')}"| ${ids.get(to)}`,
    ),
    ...lineStyles(links),
    '',
  ].join('\n');
}

function lineStyles(links: readonly Link[]): string[] {
  const states = Map.groupBy([...links.entries()], ([, { state }]) => state);
  return [...states].map(
    ([state, members]) => `  linkStyle ${members.map(([index]) => index).join(',')} ${LINE_STYLES[state]}`,
  );
}

function shapeOf({ label }: TopologyNode): readonly [open: string, close: string] {
  if (label === 'Workload' || label === 'ExternalWorkload') return ['[', ']'];
  if (label === 'Unauthenticated' || label === 'Identity') return ['([', '])'];
  return label === 'Service' ? ['(', ')'] : ['[/', '/]'];
}
