import type { Graph } from '../graph/connection.ts';
import { boundedReads } from '../graph/reader/bounded-reads.ts';
import { DEFAULT_RETRY } from '../graph/retry.ts';
import { openDeployedGraph } from './deployed-graph.ts';

const LONGEST_READ_MS = 20_000;
const RETRY = { ...DEFAULT_RETRY, limitMs: 5_000 };

/** The graph for functions of the API: somebody waits, so no read outlives its request, and a graph that is away is told soon. */
export const openAnsweringGraph = (secretArn: string): Graph =>
  boundedReads(openDeployedGraph(secretArn, RETRY), LONGEST_READ_MS);
