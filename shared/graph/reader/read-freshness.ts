import { coverageNotes } from '../../checks/coverage.ts';
import type { Freshness } from '../../domain/api/freshness.ts';
import type { Period } from '../../questions/period.ts';
import type { Graph } from '../connection.ts';
import { readKnowledge } from '../knowledge.ts';
import query from './freshness.cypher';

/** How new what the graph says of a cluster is, as of `period.at`; the notes are about the traffic of the period. */
export async function readFreshness(graph: Graph, cluster: string, period: Period): Promise<Freshness> {
  const notes = coverageNotes(await readKnowledge(graph, cluster, period, []), period);
  return { cluster, at: period.at, newest: await readNewest(graph, cluster, period.at), notes };
}

async function readNewest(graph: Graph, cluster: string, at: number): Promise<Freshness['newest']> {
  const rows = await graph.read<{ source: string; newest: number }>(query, { cluster, at });
  const newest = Object.fromEntries(rows.map((row) => [row.source, row.newest]));
  return {
    traffic: newest.traffic ?? null,
    cluster: newest.cluster ?? null,
    certificates: newest.certificates ?? null,
  };
}
