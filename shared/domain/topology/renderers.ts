import { renderCsv } from './csv.ts';
import { renderDot } from './dot.ts';
import { renderGraphml } from './graphml.ts';
import { renderJson } from './json.ts';
import { renderMermaid } from './mermaid.ts';
import { renderHtml } from './picture/html.ts';
import { renderSvg } from './picture/svg.ts';
import type { Topology } from './topology.ts';

/** Every format a topology can be had in, by the name it is asked for. */
export const TOPOLOGY_RENDERERS = {
  mermaid: renderMermaid,
  dot: renderDot,
  graphml: renderGraphml,
  json: renderJson,
  csv: renderCsv,
  svg: renderSvg,
  html: renderHtml,
} as const satisfies Readonly<Record<string, (topology: Topology) => string>>;

export type TopologyFormat = keyof typeof TOPOLOGY_RENDERERS;
