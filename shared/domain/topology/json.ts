import type { Topology } from './topology.ts';

/** The topology as JSON. Ends are graph keys, instants epoch milliseconds. */
export const renderJson = (topology: Topology): string =>
  `${JSON.stringify({ schema: 'meshgraph.topology/v1', ...topology }, null, 2)}\n`;
