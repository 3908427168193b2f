import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ClusterObservation } from '../../shared/domain/observation.ts';
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
  /** How often the same graph is loaded into one server; the first load meets a cold one. */
  readonly rounds: number;
  /** Relationships written by one MERGE each. */
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
    const { ours, plain } = await loadOurs(file, observation, scale);
    const cartography = await loadTheirs(file, scale);
    const bulk = await importInBulk(observation);
    return reportWrites({ observation, ours, plain, cartography, bulk });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export type OurRound = WriteClusterFigures & { readonly peakBytes: number; readonly serverMs: number | undefined };

/** All rounds on one server, and then, on the same warm server, the sample of single rows. */
function loadOurs(file: string, observation: ClusterObservation, { rounds, sample }: WriteScale) {
  return withBenchServer(async ({ cpuMs, ...access }) => {
    const ours: OurRound[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await emptyGraph(access);
      const before = await cpuMs();
      const { output, peakBytes } = await runApart<WriteClusterInput, WriteClusterFigures>(
        'write-cluster-work.ts',
        { file, access },
        [`--max-old-space-size=${LAMBDA_HEAP}`],
      );
      ours.push({ ...output, peakBytes, serverMs: since(before, await cpuMs()) });
    }
    await emptyGraph(access);
    return { ours, plain: await mergeRows(observation, access, sample) };
  });
}

export type TheirRound = Awaited<ReturnType<typeof loadWithCartography>> & { readonly serverMs: number | undefined };

async function loadTheirs(file: string, scale: WriteScale): Promise<readonly TheirRound[] | { missing: string }> {
  const found = await findCartography(scale.installCartography);
  if ('missing' in found) return found;
  return withBenchServer(async ({ cpuMs, ...access }) => {
    const theirs: TheirRound[] = [];
    for (let round = 0; round < scale.rounds; round += 1) {
      await emptyGraph(access);
      const before = await cpuMs();
      const figures = await loadWithCartography(found.python, file, access);
      theirs.push({ ...figures, serverMs: since(before, await cpuMs()) });
    }
    return theirs;
  });
}

const since = (before: number | undefined, after: number | undefined): number | undefined =>
  before === undefined || after === undefined ? undefined : after - before;
