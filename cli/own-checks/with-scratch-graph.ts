import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Graph, openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import type { Io } from '../io.ts';
import { startLocalGraph, stopLocalGraph } from '../local-graph/local-graph.ts';

/** A mesh of 10,000 pods does not fit what is enough for a demo. */
const JAVA_OPTIONS = ['-Xmx1g'];

/** Work on an empty Neo4j of its own, which ends with the work, however that ends, and leaves nothing behind. */
export async function withScratchGraph<Result>(
  { env, signal, err }: Pick<Io, 'env' | 'signal' | 'err'>,
  work: (graph: Graph) => Promise<Result>,
): Promise<Result> {
  const home = await mkdtemp(join(tmpdir(), 'meshgraph-scratch-'));
  try {
    const access = await startLocalGraph({
      env,
      home,
      attached: true,
      javaOptions: JAVA_OPTIONS,
      signal,
      onProgress: (text) => err(`${text}\n`),
    });
    const graph = openGraph(access);
    try {
      await ensureSchema(graph);
      return await work(graph);
    } finally {
      await graph.close();
    }
  } finally {
    await stopLocalGraph(env, home);
    await rm(home, { recursive: true, force: true });
  }
}
