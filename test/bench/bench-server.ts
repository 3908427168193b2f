import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalGraph, stopLocalGraph } from '../../cli/local-graph/local-graph.ts';
import type { GraphAccess } from '../../shared/graph/connection.ts';

/** What a server of some size has: both compilers and a gigabyte. The collector stays the serial one: two cores. */
export const BENCH_JAVA_OPTIONS = ['-Xmx1g', '-XX:TieredStopAtLevel=4'];
const SETTINGS = { 'server.memory.pagecache.size': '512m', 'db.tx_log.rotation.size': '256m' };

/**
 * Gives `work` an empty Neo4j of its own, started for it and removed after it: every contestant begins cold. `fill` may
 * put a database into its home before.
 */
export async function withBenchServer<Result>(
  work: (access: GraphAccess) => Promise<Result>,
  fill: (home: string) => Promise<void> = async () => {},
): Promise<Result> {
  const home = await mkdtemp(join(tmpdir(), 'meshgraph-bench-neo4j-'));
  try {
    await fill(home);
    const { uri, username, password } = await startLocalGraph({
      env: process.env,
      home,
      attached: true,
      javaOptions: BENCH_JAVA_OPTIONS,
      settings: SETTINGS,
    });
    return await work({ uri, username, password });
  } finally {
    await stopLocalGraph(process.env, home);
    await rm(home, { recursive: true, force: true });
  }
}
