import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import { withLease } from '../../../shared/graph/lease.ts';
import { canonicalTraffic } from '../../../shared/graph/traffic/canonical-traffic.ts';
import { type TrafficSummary, writeTraffic } from '../../../shared/graph/traffic/write-traffic.ts';

export const deliver = (graph: Graph, observation: TrafficObservation): Promise<TrafficSummary> =>
  withLease(graph, observation.cluster, (fence) => writeTraffic(fence, observation));

export async function canonicalLines(graph: Graph): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of canonicalTraffic(graph)) lines.push(line);
  return lines;
}

export const count = async (graph: Graph, pattern: string): Promise<number> =>
  (await graph.read<{ n: number }>(`MATCH ${pattern} RETURN count(*) AS n`))[0]?.n ?? 0;
