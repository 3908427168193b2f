import { formatInstant } from '../../instant.ts';
import { formatCount } from '../links.ts';
import { periodTitle } from '../period-title.ts';
import type { Topology } from '../topology.ts';
import { escapeXml } from '../xml.ts';
import {
  LABEL_LINE,
  type Layout,
  layoutTopology,
  type PlacedGroup,
  type PlacedLink,
  type PlacedNode,
} from './layout.ts';
import { LEGEND_HEIGHT, legend } from './legend.ts';
import { STYLE } from './style.ts';

const HEADER = 64;

/** The picture as one SVG file: no script, no font and no address outside of it; it follows the viewer's light or dark. */
export function renderSvg(topology: Topology): string {
  const layout = layoutTopology(topology);
  const width = Math.ceil(Math.max(layout.width, 760));
  const height = Math.ceil(layout.height + HEADER + LEGEND_HEIGHT);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(periodTitle(topology))}</title>`,
    `<style>${STYLE}</style>`,
    '<defs>',
    ...['mtls', 'plaintext', 'partly-denied', 'denied'].map(arrowhead),
    '</defs>',
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="heading" x="24" y="34">${escapeXml(periodTitle(topology))}</text>`,
    `<text class="subheading" x="24" y="54">${escapeXml(subtitle(layout))}</text>`,
    `<g transform="translate(${(width - layout.width) / 2} ${HEADER})">`,
    ...layout.groups.map(group),
    ...layout.links.map(line),
    ...layout.nodes.map(node),
    ...layout.links.map(label),
    '</g>',
    legend(24, height - LEGEND_HEIGHT),
    '</svg>',
    '',
  ].join('\n');
}

function subtitle({ nodes, links }: Layout): string {
  if (links.length === 0) return 'no calls were seen in this period';
  const denied = links.filter(({ link }) => link.state === 'denied' || link.state === 'partly-denied').length;
  const plaintext = links.filter(({ link }) => link.state === 'plaintext').length;
  return `${nodes.length} nodes · ${links.length} pairs · ${denied} with denied calls · ${plaintext} without mutual TLS`;
}

const arrowhead = (state: string): string =>
  `<marker id="arrow-${state}" class="${state}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker>`;

const group = ({ title, x, y, width, height }: PlacedGroup): string =>
  `<g class="group"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>` +
  `<text x="${x + 12}" y="${y + 18}">${escapeXml(title)}</text></g>`;

const line = ({ link, path }: PlacedLink): string =>
  `<path class="link ${link.state}" d="${path}" marker-end="url(#arrow-${link.state})"><title>${escapeXml(tooltip(link))}</title></path>`;

function label({ link, label: { x, y, width, height } }: PlacedLink): string {
  const lines = link.lines.map(
    (text, index) => `<tspan x="${x + width / 2}" y="${y + 13 + index * LABEL_LINE}">${escapeXml(text)}</tspan>`,
  );
  return (
    `<g class="label ${link.state}"><title>${escapeXml(tooltip(link))}</title>` +
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/><text>${lines.join('')}</text></g>`
  );
}

function node({ node: { key, label: kind, meshed, holds }, name, caption, x, y, width, height }: PlacedNode): string {
  const classes = [
    'node',
    kind === 'Workload' ? 'workload' : 'outside',
    meshed === false ? 'unmeshed' : '',
    holds.length > 0 ? 'holder' : '',
  ];
  return (
    `<g class="${classes.filter(Boolean).join(' ')}"><title>${escapeXml(key)}</title>` +
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${kind === 'Workload' ? 6 : height / 2}"/>` +
    `<text class="name" x="${x + width / 2}" y="${y + 19}">${escapeXml(name)}</text>` +
    `<text class="caption" x="${x + width / 2}" y="${y + 34}">${escapeXml(caption)}</text></g>`
  );
}

function tooltip({ edges }: PlacedLink['link']): string {
  return edges
    .map(({ from, to, port, unit, verdicts, policies, last }) => {
      const told = Object.entries(verdicts).map(([verdict, count]) => `${formatCount(count)} ${verdict}`);
      const by = policies.length > 0 ? ` by ${policies.join(', ')}` : '';
      return `${from} → ${to}:${port}\n${unit}: ${told.join(', ')}${by}\nlast seen ${formatInstant(last)}`;
    })
    .join('\n\n');
}
