import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleObservations } from '../../cli/pipeline/bundle-observations.ts';
import { openBundle } from '../../shared/adapters/bundle-file.ts';
import { entityModelSchema } from '../../shared/domain/entity-model.ts';
import type { ClusterObservation, TrafficObservation } from '../../shared/domain/observation.ts';
import type { TruthRow } from './truth.ts';
import type { VizAuthz, VizEdge } from './viz.ts';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'test/fixtures/capture');

const json = async <T>(...path: string[]): Promise<T> => JSON.parse(await readFile(join(FIXTURES, ...path), 'utf8'));

/** The shipped bundle, read as `meshgraph scan --bundle` reads it, in one-minute windows. */
export async function readRecording(): Promise<{ windows: TrafficObservation[]; snapshots: ClusterObservation[] }> {
  const bundle = await openBundle(join(ROOT, 'demo/recorded-mesh.bundle.gz'));
  const reading = { periodMs: 60_000, until: Number.POSITIVE_INFINITY, entityModel: entityModelSchema.parse({}) };
  const windows: TrafficObservation[] = [];
  const snapshots: ClusterObservation[] = [];
  for await (const made of bundleObservations(bundle, reading)) {
    if (made.source === 'traffic') windows.push(made);
    if (made.source === 'cluster') snapshots.push(made);
  }
  return { windows, snapshots };
}

export const readTruth = async (): Promise<TruthRow[]> => (await json<{ rows: TruthRow[] }>('truth/edges.json')).rows;

/** What `linkerd viz` answered at one instant of the recording. */
export async function readViz(label: 't222' | 't542') {
  const time = Number(await readFile(join(FIXTURES, 'viz-cli', label, 'time'), 'utf8')) * 1000;
  const edges = await json<VizEdge[]>('viz-cli', label, 'edges_deploy.json');
  const authz: Record<string, VizAuthz[]> = {};
  for (const namespace of ['batch', 'books', 'emojivoto', 'rogue']) {
    authz[namespace] = (await json<VizAuthz[] | null>('viz-cli', label, `authz_deploy_${namespace}.json`)) ?? [];
  }
  return { time, edges, authz };
}
