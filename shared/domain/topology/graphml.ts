import type { Topology, TopologyEdge, TopologyNode } from './topology.ts';
import { escapeXml } from './xml.ts';

type Value = string | number | boolean | null | readonly string[];
type Field<T> = readonly [name: string, type: 'string' | 'boolean' | 'int' | 'long', value: (of: T) => Value];

const NODE_FIELDS: readonly Field<TopologyNode>[] = [
  ['label', 'string', (node) => node.label],
  ['namespace', 'string', (node) => node.namespace],
  ['kind', 'string', (node) => node.kind],
  ['name', 'string', (node) => node.name],
  ['meshed', 'boolean', (node) => node.meshed],
  ['owner', 'string', (node) => node.owner],
  ['holds', 'string', (node) => node.holds],
];

const EDGE_FIELDS: readonly Field<TopologyEdge>[] = [
  ['port', 'int', (edge) => edge.port],
  ['unit', 'string', (edge) => edge.unit],
  ['count', 'long', (edge) => edge.count],
  ['failures', 'long', (edge) => edge.failures],
  ['denied', 'long', (edge) => edge.denied],
  ['mTls', 'boolean', (edge) => edge.mTls],
  ['identity', 'string', (edge) => edge.identity],
  ['policies', 'string', (edge) => edge.policies],
  ['first', 'long', (edge) => edge.first],
  ['last', 'long', (edge) => edge.last],
];

/** The topology as GraphML (yEd, Gephi, Cytoscape, NetworkX): node ids are graph keys, instants epoch milliseconds. */
export function renderGraphml({ nodes, edges }: Topology): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...declarations('node', NODE_FIELDS),
    ...declarations('edge', EDGE_FIELDS),
    '  <graph id="topology" edgedefault="directed">',
    ...nodes.flatMap((node) => [
      `    <node id="${escapeXml(node.key)}">`,
      ...data('node', NODE_FIELDS, node),
      '    </node>',
    ]),
    ...edges.flatMap((edge) => [
      `    <edge source="${escapeXml(edge.from)}" target="${escapeXml(edge.to)}">`,
      ...data('edge', EDGE_FIELDS, edge),
      '    </edge>',
    ]),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
}

const declarations = <T>(of: string, fields: readonly Field<T>[]): string[] =>
  fields.map(([name, type]) => `  <key id="${of}.${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`);

const data = <T>(of: string, fields: readonly Field<T>[], one: T): string[] =>
  fields.flatMap(([name, , read]) => {
    const value = read(one);
    if (value === null) return [];
    return `      <data key="${of}.${name}">${escapeXml(Array.isArray(value) ? value.join(', ') : String(value))}</data>`;
  });
