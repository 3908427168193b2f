import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { observationWriter } from '../../cli/pipeline/graph-projection.ts';
import type { ClusterObservation } from '../../shared/domain/observation.ts';
import { type Graph, type GraphAccess, openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { countedGraph } from './counted-graph.ts';

export type WriteFigures = {
  readonly ms: number;
  readonly cpuMs: number;
  readonly transactions: number;
  readonly counters: Readonly<Record<string, number>>;
  /** Time of the transactions that created relationships, from their begin to their commit. */
  readonly relationshipsMs: number;
};

export type WriteClusterInput = { readonly file: string; readonly access: GraphAccess };
export type WriteClusterFigures = { readonly first: WriteFigures; readonly again: WriteFigures };

const PERIOD_MS = 300_000;

/** Writes a cluster observation into an empty graph, then a later scan that found the same, as a scan writes them. */
export async function work({ file, access }: WriteClusterInput): Promise<WriteClusterFigures> {
  const graph = openGraph(access);
  try {
    await ensureSchema(graph);
    const observation = JSON.parse(gunzipSync(await readFile(file)).toString('utf8')) as ClusterObservation;
    const first = await write(graph, observation);
    const at = observation.at + PERIOD_MS;
    const again = await write(graph, { ...observation, id: `${observation.id}/again`, at, readAt: at });
    return { first, again };
  } finally {
    await graph.close();
  }
}

async function write(real: Graph, observation: ClusterObservation): Promise<WriteFigures> {
  const { graph, counts } = countedGraph(real);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await observationWriter(graph)(observation);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const { counters, transactions } = counts;
  const creating = transactions.filter(({ relationships }) => relationships > 0);
  return {
    ms,
    cpuMs: (user + system) / 1000,
    transactions: transactions.length,
    counters,
    relationshipsMs: creating.reduce((sum, one) => sum + one.ms, 0),
  };
}
