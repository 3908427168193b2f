import { formatInstant } from '../instant.ts';
import type { Topology, TopologyEdge } from './topology.ts';

const COLUMNS: readonly (readonly [title: string, value: (edge: TopologyEdge) => string | number | boolean | null])[] =
  [
    ['caller', (edge) => edge.from],
    ['callee', (edge) => edge.to],
    ['port', (edge) => edge.port],
    ['unit', (edge) => edge.unit],
    ['count', (edge) => edge.count],
    ['failures', (edge) => edge.failures],
    ['denied', (edge) => edge.denied],
    ['mtls', (edge) => edge.mTls],
    ['identity', (edge) => edge.identity],
    ['policies', (edge) => edge.policies.join(' ')],
    ['first', (edge) => formatInstant(edge.first)],
    ['last', (edge) => formatInstant(edge.last)],
  ];

/** One line an edge, ends by their keys, as RFC 4180 has it (CRLF, doubled quotes), with a header. */
export function renderCsv({ edges }: Topology): string {
  const rows = edges.map((edge) => COLUMNS.map(([, value]) => cell(String(value(edge) ?? ''))));
  return [COLUMNS.map(([title]) => title), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

function cell(text: string): string {
  // A spreadsheet would run these as formulas; names come from whoever calls (OWASP, CSV Injection).
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
