import type { Graph } from '../connection.ts';

/** The same graph, in which the server ends every read after `timeoutMs`, or sooner where the read says so. */
export const boundedReads = (graph: Graph, timeoutMs: number): Graph => ({
  ...graph,
  read: (cypher, parameters, options = {}) =>
    graph.read(cypher, parameters, { ...options, timeoutMs: Math.min(timeoutMs, options.timeoutMs ?? timeoutMs) }),
});
