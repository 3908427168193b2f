import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { writeObservation } from '../../functions/write-graph/write-graph.ts';
import type { ClusterObservation } from '../../shared/domain/observation.ts';
import { type GraphAccess, openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { withLease } from '../../shared/graph/lease.ts';
import { writeStructure } from '../../shared/graph/structure/write-structure.ts';
import { writeTraffic } from '../../shared/graph/traffic/write-traffic.ts';
import { countedGraph } from './counted-graph.ts';

export type WriteFigures = {
  readonly ms: number;
  readonly cpuMs: number;
  readonly statements: number;
  readonly counters: Readonly<Record<string, number>>;
  /** Time of the transactions that created relationships, from their begin to their commit. */
  readonly relationshipsMs: number;
};

export type WriteClusterInput = { readonly file: string; readonly access: GraphAccess };

const PERIOD_MS = 300_000;

/** Writes a cluster observation into an empty graph, and then a later scan that found the same, by the real use case. */
export async function work({ file, access }: WriteClusterInput): Promise<{ first: WriteFigures; again: WriteFigures }> {
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

async function write(real: ReturnType<typeof openGraph>, observation: ClusterObservation): Promise<WriteFigures> {
  const { graph, counts } = countedGraph(real);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await writeObservation(
    {
      ensureSchema: () => ensureSchema(graph),
      withLease: (cluster, work) => withLease(graph, cluster, work),
      writeTraffic,
      writeStructure,
    },
    observation,
  );
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const { statements, counters, transactions } = counts;
  const creating = transactions.filter(({ relationships }) => relationships > 0);
  const relationshipsMs = creating.reduce((sum, one) => sum + one.ms, 0);
  return { ms, cpuMs: (user + system) / 1000, statements, counters, relationshipsMs };
}
