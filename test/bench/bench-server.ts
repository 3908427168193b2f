import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalGraph, stopLocalGraph } from '../../cli/local-graph/local-graph.ts';
import type { GraphAccess } from '../../shared/graph/connection.ts';

/** What a server of some size has: both compilers and a gigabyte. The collector stays the serial one: two cores. */
export const BENCH_JAVA_OPTIONS = ['-Xmx1g', '-XX:TieredStopAtLevel=4'];
const SETTINGS = { 'server.memory.pagecache.size': '512m', 'db.tx_log.rotation.size': '256m' };

export type BenchServer = GraphAccess & {
  /** Processor time the server has used so far, in milliseconds; undefined where the system does not tell. */
  readonly cpuMs: () => Promise<number | undefined>;
};

/** Gives `work` an empty Neo4j of its own, started for it and removed after it: every contestant begins cold. */
export async function withBenchServer<Result>(work: (server: BenchServer) => Promise<Result>): Promise<Result> {
  const home = await mkdtemp(join(tmpdir(), 'meshgraph-bench-neo4j-'));
  try {
    const { uri, username, password, server } = await startLocalGraph({
      env: process.env,
      home,
      attached: true,
      javaOptions: BENCH_JAVA_OPTIONS,
      settings: SETTINGS,
    });
    return await work({ uri, username, password, cpuMs: () => processorTime(server.pid) });
  } finally {
    await stopLocalGraph(process.env, home);
    await rm(home, { recursive: true, force: true });
  }
}

/** utime and stime of proc(5), counted in ticks of 10 ms on every Linux there is. */
async function processorTime(pid: number | undefined): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
