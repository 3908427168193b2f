import { coverageNotes } from '../../checks/coverage.ts';
import type { Freshness } from '../../domain/api/freshness.ts';
import { DAY_MS } from '../../domain/traffic-series/bucket.ts';
import type { Period } from '../../questions/period.ts';
import type { Graph } from '../connection.ts';
import { type KnownCluster, readKnowledge } from '../knowledge.ts';
import query from './freshness.cypher';

/** How new what the graph says of a cluster is, as of `period.at`; the notes are about the traffic of the period. */
export async function readFreshness(graph: Graph, cluster: string, period: Period): Promise<Freshness> {
  const [knowledge, newest] = await Promise.all([
    readKnowledge(graph, cluster, period, []),
    readNewest(graph, cluster, period.at),
  ]);
  const notes = coverageNotes(knowledge, period);
  const age = (instant: number | null) => (instant === null ? null : period.at - instant);
  const { traffic, cluster: scan, certificates } = newest;
  const ageMs = { traffic: age(traffic), cluster: age(scan), certificates: age(certificates) };
  return { cluster, at: period.at, newest, ageMs, notes };
}

/** Of each cluster as of its newest reading, and for the day before it. */
export const readLatestFreshness = (graph: Graph, known: readonly KnownCluster[]): Promise<Freshness[]> =>
  Promise.all(
    known.map(({ cluster, newest }) => readFreshness(graph, cluster, { since: newest - DAY_MS, at: newest })),
  );

async function readNewest(graph: Graph, cluster: string, at: number): Promise<Freshness['newest']> {
  const rows = await graph.read<{ source: string; newest: number }>(query, { cluster, at });
  const newest = Object.fromEntries(rows.map((row) => [row.source, row.newest]));
  return {
    traffic: newest.traffic ?? null,
    cluster: newest.cluster ?? null,
    certificates: newest.certificates ?? null,
  };
}
