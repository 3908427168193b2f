import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import { withLease } from '../../../shared/graph/lease.ts';
import { canonicalTraffic } from '../../../shared/graph/traffic/canonical-traffic.ts';
import { type TrafficSummary, writeTraffic } from '../../../shared/graph/traffic/write-traffic.ts';

const SCHEMA = [
  ...[
    'Workload',
    'Service',
    'External',
    'ExternalWorkload',
    'EgressNetwork',
    'Identity',
    'Unauthenticated',
    'Scan',
  ].map((label) => `CREATE CONSTRAINT ${label}_key IF NOT EXISTS FOR (n:${label}) REQUIRE n.key IS UNIQUE`),
  ...['CALLED', 'ARRIVED_AT'].flatMap((type) => [
    `CREATE CONSTRAINT ${type}_id IF NOT EXISTS FOR ()-[r:${type}]-() REQUIRE r.id IS UNIQUE`,
    `CREATE INDEX ${type}_bucket IF NOT EXISTS FOR ()-[r:${type}]-() ON (r.cluster, r.grain, r.bucket)`,
  ]),
  'CREATE INDEX scan_at IF NOT EXISTS FOR (s:Scan) ON (s.cluster, s.source, s.at)',
];

export async function prepareTraffic(graph: Graph): Promise<void> {
  for (const statement of SCHEMA) await graph.write(statement);
}

export const deliver = (graph: Graph, observation: TrafficObservation): Promise<TrafficSummary> =>
  withLease(graph, observation.cluster, (fence) => writeTraffic(fence, observation));

export async function canonicalLines(graph: Graph): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of canonicalTraffic(graph)) lines.push(line);
  return lines;
}

export const count = async (graph: Graph, pattern: string): Promise<number> =>
  (await graph.read<{ n: number }>(`MATCH ${pattern} RETURN count(*) AS n`))[0]?.n ?? 0;
