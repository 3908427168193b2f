import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRecordedApi } from '../integration/kubernetes/recorded-api-server.ts';
import { type RecordedList, recordedAnswers } from '../recorded-objects.ts';
import { runApart } from './apart.ts';
import { type ClusterScale, grownCluster } from './grown-cluster.ts';
import { LAMBDA_HEAP } from './lambda-heap.ts';
import type { ReadClusterFigures } from './read-cluster-work.ts';
import { count, type Measured, megabytes, seconds } from './report.ts';

/** Reads the large recorded cluster and one grown from it, page by page over HTTP, by the real reader and adapter. */
export async function benchReadCluster(scale: ClusterScale): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'meshgraph-bench-'));
  try {
    const recorded = await read(recordedAnswers('large'), join(folder, 'recorded.gz'));
    const grown = await read(grownCluster(scale), join(folder, 'grown.gz'));
    const cells = [
      ['pods', count(recorded.pods), count(grown.pods)],
      [
        'entities and relationships found',
        ...[recorded, grown].map((r) => `${count(r.entities)} and ${count(r.relations)}`),
      ],
      ['requests', count(recorded.requests), count(grown.requests)],
      ['bytes answered', megabytes(recorded.bytes), megabytes(grown.bytes)],
      ['time', seconds(recorded.ms), seconds(grown.ms)],
      ["of it the reader's own processor time", seconds(recorded.cpuMs), seconds(grown.cpuMs)],
      [
        'peak memory of the reader (idle)',
        ...[recorded, grown].map((r) => `${megabytes(r.peakBytes)} (${megabytes(r.idleBytes)})`),
      ],
      ['observation, gzipped', megabytes(recorded.observationBytes), megabytes(grown.observationBytes)],
    ];
    return {
      figures: {
        pods: grown.pods,
        relations: grown.relations,
        problems: grown.problems.length,
        peakBytes: grown.peakBytes,
      },
      table: { columns: ['', 'recorded cluster', 'grown cluster'], rows: cells },
      goals: [],
      remarks: [
        `The reader's heap was limited to ${LAMBDA_HEAP} MB, so that its peak is what it needs and not what Node may take.`,
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Reading = ReadClusterFigures & { readonly peakBytes: number; readonly idleBytes: number };

/** Serves the answers from this process and reads them in another one. */
export async function read(answers: Map<string, RecordedList>, file: string): Promise<Reading> {
  const api = await startRecordedApi(answers);
  try {
    const input = { server: api.url, file, at: Date.parse('2026-11-24T00:00:00Z') };
    const { output, ...memory } = await runApart<typeof input, ReadClusterFigures>('read-cluster-work.ts', input, [
      `--max-old-space-size=${LAMBDA_HEAP}`,
    ]);
    return { ...output, ...memory };
  } finally {
    await api.stop();
  }
}
