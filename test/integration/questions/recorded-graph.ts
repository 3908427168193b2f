import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfiguration } from '../../../cli/configuration.ts';
import { bundleObservations } from '../../../cli/pipeline/bundle-observations.ts';
import { openBundle } from '../../../shared/adapters/bundle-file.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import { recordingIo } from '../../unit/cli/recording-io.ts';
import { deliver } from '../graph/structure-graph.ts';

const root = join(import.meta.dirname, '../../..');

/** The recorded mesh's applications began then; its events are told in seconds after it. */
export const T0 = Date.parse('2026-11-23T17:49:49.188Z');
export const after = (seconds: number): string => new Date(T0 + seconds * 1000).toISOString();

/** Writes what was recorded of the real mesh, as `meshgraph demo` reads it: windows of a minute, three scans. */
export async function writeRecordedMesh(graph: Graph): Promise<void> {
  const { entityModel } = await loadConfiguration(recordingIo({ cwd: root }), 'demo/meshgraph.yaml');
  const bundle = await openBundle(join(root, 'demo/recorded-mesh.bundle.gz'));
  const reading = { periodMs: 60_000, until: Number.POSITIVE_INFINITY, entityModel };
  for await (const observation of bundleObservations(bundle, reading)) await deliver(graph, observation);
}

type TruthRow = Readonly<Record<'direction' | 'namespace' | 'workload' | 'peer' | 'operation' | 'result', string>> & {
  readonly count: number;
};

/** What the applications themselves counted (test/fixtures/capture/truth): a sum over the rows that are so. */
export async function readTruth(): Promise<(where: Partial<TruthRow>) => number> {
  const text = await readFile(join(root, 'test/fixtures/capture/truth/edges.json'), 'utf8');
  const { rows } = JSON.parse(text) as { rows: readonly TruthRow[] };
  return (where) =>
    rows
      .filter((row) => Object.entries(where).every(([name, value]) => row[name as keyof TruthRow] === value))
      .reduce((sum, { count }) => sum + count, 0);
}
