import { createHash } from 'node:crypto';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { canonicalGraph } from '../../shared/graph/canonical/canonical-graph.ts';
import { readClusters } from '../../shared/graph/knowledge.ts';
import { chooseCluster } from '../../shared/questions/ask.ts';
import type { ExportOptions } from '../commands/export.ts';
import type { Io } from '../io.ts';
import { withGraph } from '../with-graph.ts';
import { writeResult } from './write-result.ts';

/** Streams the canonical lines of one cluster, or of all, and says their hash on stderr. */
export async function exportCanonical(io: Io, { cluster, out }: ExportOptions): Promise<void> {
  if (io.env.MESHGRAPH_API) {
    throw new InvalidInputError(
      '--canonical reads the graph itself, not an API: leave --api out and MESHGRAPH_API unset',
    );
  }
  const hash = createHash('sha256');
  await withGraph(io, async (graph) => {
    if (cluster !== undefined) chooseCluster(await readClusters(graph), cluster);
    await writeResult(io, out, lines(canonicalGraph(graph, cluster === undefined ? {} : { cluster }), hash));
  });
  io.err(`sha256 ${hash.digest('hex')}\n`);
}

async function* lines(facts: AsyncIterable<string>, hash: ReturnType<typeof createHash>): AsyncGenerator<string> {
  for await (const fact of facts) {
    const line = `${fact}\n`;
    hash.update(line);
    yield line;
  }
}
