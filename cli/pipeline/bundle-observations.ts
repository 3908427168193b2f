import { readCluster } from '../../functions/read-cluster/read-cluster.ts';
import type { OpenBundle } from '../../shared/domain/bundle/bundle-lines.ts';
import { bundleLister, type ObjectRecord } from '../../shared/domain/bundle/bundle-lister.ts';
import type { BundleHeader, BundleRecord } from '../../shared/domain/bundle/record.ts';
import { type SampleHistory, sampleHistory } from '../../shared/domain/bundle/sample-history.ts';
import type { EntityModel } from '../../shared/domain/entity-model.ts';
import type { ClusterObservation, Observation, TrafficObservation } from '../../shared/domain/observation.ts';
import { alignedWindows, type Window } from '../../shared/domain/window.ts';
import type { Discovery } from '../../shared/kubernetes/lister.ts';
import { observeSamples } from '../../shared/linkerd/traffic/observe.ts';
import { type Peekable, peekable } from './peekable.ts';

export type BundleReading = {
  readonly periodMs: number;
  /** Observations that speak of later instants are left out. */
  readonly until: number;
  readonly entityModel: EntityModel;
};

/** The whole windows a bundle has the traffic of. */
export const bundleWindows = ({ spans }: BundleHeader, { periodMs, until }: BundleReading): Window[] =>
  spans.flatMap(({ from, to }) => alignedWindows(from, Math.min(to, until), periodMs));

/** The snapshots of a bundle, read to its end: when this is done the bundle is known to be whole. */
export async function* bundleSnapshots(bundle: OpenBundle, reading: BundleReading): AsyncGenerator<ClusterObservation> {
  const records = peekable(bundle.next);
  for (let record = await records.take(); record !== undefined; record = await records.take()) {
    if (record.type === 'snapshot') yield await observeSnapshot(bundle.header, record, records, reading);
  }
}

/** All a bundle tells, oldest first, with no more of it in memory than the next window needs. */
export async function* bundleObservations(bundle: OpenBundle, reading: BundleReading): AsyncGenerator<Observation> {
  const { header } = bundle;
  const history = sampleHistory(header.lookbackMs);
  const windows = bundleWindows(header, reading);
  const snapshots: ClusterObservation[] = [];
  const snapshotsUntil = (instant: number) => snapshots.splice(0, snapshots.filter(({ at }) => at <= instant).length);
  const records = peekable(bundle.next);
  for (let record = await records.take(); record !== undefined; record = await records.take()) {
    if (record.type === 'series') history.define(record.series, record.labels);
    if (record.type === 'samples') history.add(record);
    if (record.type === 'snapshot') snapshots.push(await observeSnapshot(header, record, records, reading));
    if (record.type !== 'slice') continue;
    for (let window = windows[0]; window !== undefined && window.to <= record.to; window = windows[0]) {
      windows.shift();
      yield* snapshotsUntil(window.to);
      yield observeWindow(header, history, window, record.recordedAt);
    }
    history.forgetBefore(windows[0]?.from ?? record.to);
  }
  yield* snapshotsUntil(reading.until);
}

const observeWindow = (
  { cluster, labels, lookbackMs }: BundleHeader,
  history: SampleHistory,
  window: Window,
  readAt: number,
): TrafficObservation => observeSamples(history.series(), { cluster, window, readAt, lookbackMs }, labels);

function observeSnapshot(
  { cluster }: BundleHeader,
  { at, discovery }: Extract<BundleRecord, { type: 'snapshot' }>,
  records: Peekable<BundleRecord>,
  { entityModel }: BundleReading,
): Promise<ClusterObservation> {
  const objects = async (): Promise<ObjectRecord | undefined> => {
    const next = await records.peek();
    const isObject = next?.type === 'page' || next?.type === 'listed' || next?.type === 'configMap';
    return isObject ? ((await records.take()) as ObjectRecord) : undefined;
  };
  return readCluster({ list: bundleLister(discovery as Discovery, objects), now: () => at }, { cluster, entityModel });
}
