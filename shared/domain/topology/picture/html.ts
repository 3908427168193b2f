import { formatInstant } from '../../instant.ts';
import { connectedNodes, formatCount } from '../links.ts';
import { periodTitle } from '../period-title.ts';
import type { Topology, TopologyEdge, TopologyNode } from '../topology.ts';
import { escapeXml } from '../xml.ts';
import { STYLE } from './style.ts';
import { renderSvg } from './svg.ts';

/** Nothing is loaded and nothing runs, whatever a name in the mesh may try (CSP Level 3). */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const PAGE_STYLE = `
body { margin: 0; padding: 8px 0 48px; background: var(--paper); color: var(--ink); color-scheme: light dark;
  font: 14px/1.5 ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
.picture { overflow-x: auto; } .picture svg { display: block; margin: 0 auto; height: auto; max-width: 100%; min-width: 1000px; }
section { max-width: 1300px; margin: 24px auto 0; padding: 0 24px; overflow-x: auto; }
h2 { font-size: 15px; } p { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; font-size: 12.5px; }
th, td { text-align: left; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--border); white-space: nowrap; } td.wrap { white-space: normal; }
th { color: var(--quiet); font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; }
.denied { color: var(--denied); } .plaintext { color: var(--plaintext); } .mtls { color: var(--mtls); }
`;

const COLUMNS: readonly (readonly [title: string, numeric: boolean])[] = [
  ['caller', false],
  ['callee', false],
  ['port', true],
  ['count', true],
  ['of', false],
  ['failed', true],
  ['denied', true],
  ['mutual TLS', false],
  ['identity shown', false],
  ['by', false],
  ['last seen', false],
];

/** The picture and the figures behind it as one page: no script and no address outside of it. */
export function renderHtml(topology: Topology): string {
  const title = escapeXml(periodTitle(topology));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeXml(POLICY)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${STYLE}${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    `<div class="picture">${renderSvg(topology)}</div>`,
    '<section>',
    '<h2>Calls</h2>',
    '<table>',
    `<thead><tr>${COLUMNS.map(([name, numeric]) => `<th${numeric ? ' class="number"' : ''}>${name}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows(topology),
    '</tbody>',
    '</table>',
    ...silence(topology),
    '</section>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function rows({ nodes, edges }: Topology): string[] {
  const names = new Map(nodes.map((node) => [node.key, nameOf(node)]));
  const row = (edge: TopologyEdge): string => {
    const cells = [
      names.get(edge.from) ?? edge.from,
      names.get(edge.to) ?? edge.to,
      String(edge.port),
      formatCount(edge.count),
      edge.unit,
      edge.failures > 0 ? formatCount(edge.failures) : '',
      edge.denied > 0 ? formatCount(edge.denied) : '',
      edge.mTls === null ? 'not sent' : edge.mTls ? 'yes' : 'no',
      edge.identity ?? '',
      edge.policies.join(', '),
      formatInstant(edge.last),
    ];
    return `<tr>${cells.map((text, column) => `<td class="${cellClass(edge, column)}">${escapeXml(text)}</td>`).join('')}</tr>`;
  };
  return edges.toSorted((a, b) => b.denied - a.denied || b.count - a.count).map(row);
}

function cellClass({ mTls }: TopologyEdge, column: number): string {
  const [title, numeric] = COLUMNS[column] ?? [];
  if (title === 'denied') return 'number denied';
  if (title === 'mutual TLS') return mTls === true ? 'mtls' : 'plaintext';
  if (title === 'by') return 'wrap';
  return numeric ? 'number' : '';
}

/** Workloads without a call are not drawn; not to name them would hide them. */
function silence(topology: Topology): string[] {
  const connected = new Set(connectedNodes(topology));
  const silent = topology.nodes.filter((node) => node.label === 'Workload' && !connected.has(node)).map(nameOf);
  if (silent.length === 0) return [];
  return ['<h2>No calls seen in this period</h2>', `<p>${escapeXml(silent.sort().join(', '))}</p>`];
}

const nameOf = ({ namespace, name }: TopologyNode): string => (namespace === null ? name : `${namespace}/${name}`);
