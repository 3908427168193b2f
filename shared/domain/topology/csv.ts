import { csvText } from '../csv-text.ts';
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

/** One line an edge, ends by their keys, with a header. */
export const renderCsv = ({ edges }: Topology): string =>
  csvText(
    COLUMNS.map(([title]) => title),
    edges.map((edge) => COLUMNS.map(([, value]) => String(value(edge) ?? ''))),
  );
