import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ClusterObservation } from '../../shared/domain/observation.ts';
import type { GraphAccess } from '../../shared/graph/connection.ts';
import { runApart } from './apart.ts';
import { withBenchServer } from './bench-server.ts';
import { importInBulk } from './bulk-import.ts';
import { findCartography, loadWithCartography } from './cartography.ts';
import { emptyGraph } from './empty-graph.ts';
import { type ClusterScale, grownCluster } from './grown-cluster.ts';
import { LAMBDA_HEAP } from './lambda-heap.ts';
import { mergeRows } from './merge-rows.ts';
import { read } from './read-cluster.ts';
import type { Measured } from './report.ts';
import type { WriteClusterFigures, WriteClusterInput } from './write-cluster-work.ts';
import { reportWrites } from './write-report.ts';

export type WriteScale = ClusterScale & {
  /** How often each way is gone, in turns, so that other work on the machine meets all of them. */
  readonly rounds: number;
  /** Relationships written by one MERGE each in a round. */
  readonly sample: number;
  readonly installCartography: boolean;
};

/**
 * Writes a grown cluster into an empty graph, and again unchanged, and sets that against the plain way, Cartography's own
 * loader and neo4j-admin's import: the same nodes and relationships, with the same properties, on the same machine.
 */
export async function benchWriteCluster(scale: WriteScale): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'meshgraph-bench-'));
  try {
    const file = join(folder, 'observation.gz');
    await read(grownCluster(scale), file);
    const observation = JSON.parse(gunzipSync(await readFile(file)).toString('utf8')) as ClusterObservation;
    const cartography = await findCartography(scale.installCartography);
    return await withBenchServer((our) =>
      withBenchServer(async (their) => {
        const rounds: Round[] = [];
        while (rounds.length < scale.rounds) {
          rounds.push({
            ours: await loadOurs(file, our),
            plain: await inEmptyGraph(our, () => mergeRows(observation, our, scale.sample)),
            theirs:
              'python' in cartography
                ? await inEmptyGraph(their, () => loadWithCartography(cartography.python, file, their))
                : undefined,
            bulk: await importInBulk(observation),
          });
        }
        return reportWrites(observation, rounds, 'missing' in cartography ? cartography.missing : undefined);
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export type Round = {
  readonly ours: WriteClusterFigures & { readonly peakBytes: number };
  readonly plain: Awaited<ReturnType<typeof mergeRows>>;
  readonly theirs: Awaited<ReturnType<typeof loadWithCartography>> | undefined;
  readonly bulk: Awaited<ReturnType<typeof importInBulk>>;
};

function loadOurs(file: string, access: GraphAccess): Promise<Round['ours']> {
  return inEmptyGraph(access, async () => {
    const { output, peakBytes } = await runApart<WriteClusterInput, WriteClusterFigures>(
      'write-cluster-work.ts',
      { file, access },
      [`--max-old-space-size=${LAMBDA_HEAP}`],
    );
    return { ...output, peakBytes };
  });
}

async function inEmptyGraph<Result>(access: GraphAccess, work: () => Promise<Result>): Promise<Result> {
  await emptyGraph(access);
  return work();
}
