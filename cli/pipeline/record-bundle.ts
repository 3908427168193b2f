import { stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { readCluster } from '../../functions/read-cluster/read-cluster.ts';
import { farLookbackOf } from '../../functions/read-traffic/lookback.ts';
import { noSamples } from '../../functions/read-traffic/no-samples.ts';
import { readBeginning } from '../../functions/read-traffic/read-beginning.ts';
import { type BundleFile, createBundle, openBundle } from '../../shared/adapters/bundle-file.ts';
import type { OpenBundle } from '../../shared/domain/bundle/bundle-lines.ts';
import { BUNDLE_SCHEMA, type BundleHeader, type BundleRecord } from '../../shared/domain/bundle/record.ts';
import { recordingLister } from '../../shared/domain/bundle/record-objects.ts';
import { recordSamples } from '../../shared/domain/bundle/record-samples.ts';
import { joinSpans } from '../../shared/domain/bundle/spans.ts';
import type { ScanConfiguration } from '../../shared/domain/configuration/scan.ts';
import type { EntityModel } from '../../shared/domain/entity-model.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { Window } from '../../shared/domain/window.ts';
import { keptAnnotations } from '../../shared/kubernetes/kept-annotations.ts';
import type { TrafficLabels } from '../../shared/linkerd/traffic/labels.ts';
import type { LiveCluster } from './live-cluster.ts';

export type BundleRecording = {
  readonly path: string;
  readonly cluster: string;
  readonly source: string;
  readonly now: number;
  /** What of traffic to record; `undefined` = none. Without `from` it begins where the bundle appended to ends. */
  readonly span: { readonly from: number | undefined; readonly to: number } | undefined;
  readonly objects: boolean;
  readonly append: boolean;
  readonly labels: TrafficLabels;
  readonly scan: ScanConfiguration;
  readonly entityModel: EntityModel;
};

export type RecordedBundle = {
  readonly header: BundleHeader;
  readonly bytes: number;
  /** How many records of each type were added. */
  readonly added: Readonly<Record<string, number>>;
  /** What could not be read of the objects, one sentence each. */
  readonly gaps: readonly string[];
};

/** Records a live cluster into a file, which is put in place only when it is whole. */
export async function recordBundle(
  live: LiveCluster,
  recording: BundleRecording,
  progress: (text: string) => void,
): Promise<RecordedBundle> {
  const { path, now, labels, scan } = recording;
  const earlier = recording.append ? await openBundle(path) : undefined;
  if (earlier !== undefined) checkSameOrigin(earlier.header, recording);
  const recordedTo = earlier?.header.spans.at(-1)?.to ?? 0;
  const span = recording.span && (await spanToRecord(live, recording, recording.span, recordedTo));
  const header = headerOf(recording, earlier?.header, span);
  const file = await createBundle(path, header);
  try {
    const series = earlier === undefined ? new Map<string, number>() : await copy(earlier, file);
    const added: Record<string, number> = {};
    const write = (record: BundleRecord) => {
      added[record.type] = (added[record.type] ?? 0) + 1;
      return file.write(record);
    };
    if (span !== undefined) {
      await recordSamples(
        { query: live.query, write, progress },
        {
          span,
          recorded: { to: recordedTo, series },
          recordedAt: now,
          lookbackMs: scan.lookback,
          farLookbackMs: header.lookbackMs,
          labels,
        },
      );
    }
    const gaps = recording.objects ? await recordObjects(live, recording, write, progress) : [];
    await file.finish();
    return { header, bytes: (await stat(path)).size, added, gaps };
  } catch (error) {
    await file.discard();
    throw error;
  }
}

function checkSameOrigin(header: BundleHeader, { path, cluster, labels }: BundleRecording): void {
  if (header.cluster !== cluster) {
    throw new InvalidInputError(`${path} holds cluster "${header.cluster}": "${cluster}" cannot be appended to it`);
  }
  if (!isDeepStrictEqual(header.labels, JSON.parse(JSON.stringify(labels)))) {
    throw new InvalidInputError(`${path} was recorded with other Prometheus labels: record a new bundle`);
  }
}

async function spanToRecord(
  live: LiveCluster,
  { path, labels, scan }: BundleRecording,
  asked: { readonly from: number | undefined; readonly to: number },
  recordedTo: number,
): Promise<Window> {
  const after = Math.max(asked.from ?? (recordedTo || asked.to - scan.firstScan), recordedTo);
  if (after >= asked.to) {
    throw new InvalidInputError(
      `${path} has the traffic up to ${formatInstant(recordedTo)} already: nothing to append up to ${formatInstant(asked.to)}`,
    );
  }
  const { period: periodMs, settling: settlingMs, lookback: lookbackMs } = scan;
  const reading = { after, now: asked.to, periodMs, settlingMs, lookbackMs, labels };
  const from = await readBeginning(live.query, reading);
  if (from === undefined || from >= asked.to) {
    throw noSamples(labels, { from: after, to: asked.to });
  }
  return { from, to: asked.to };
}

function headerOf(
  { cluster, source, now, labels, scan }: BundleRecording,
  earlier: BundleHeader | undefined,
  span: Window | undefined,
): BundleHeader {
  return {
    schema: BUNDLE_SCHEMA,
    cluster,
    source,
    recordedAt: now,
    lookbackMs: farLookbackOf(scan),
    labels: { ...labels, target: [...labels.target], workloadKinds: { ...labels.workloadKinds } },
    ...earlier,
    ...(earlier && { recordedAt: now }),
    spans: joinSpans([...(earlier?.spans ?? []), ...(span === undefined ? [] : [span])]),
  };
}

/** Copies what was recorded before and returns its series by name (their labels as sorted pairs). */
async function copy(from: OpenBundle, to: BundleFile): Promise<Map<string, number>> {
  const series = new Map<string, number>();
  for (let record = await from.next(); record !== undefined; record = await from.next()) {
    if (record.type === 'series') series.set(JSON.stringify(Object.entries(record.labels).sort()), record.series);
    await to.write(record);
  }
  return series;
}

async function recordObjects(
  live: LiveCluster,
  { cluster, now, entityModel }: BundleRecording,
  write: (record: BundleRecord) => Promise<void>,
  progress: (text: string) => void,
): Promise<string[]> {
  const recorder = recordingLister(await live.lister(), {
    write,
    at: now,
    keepAnnotation: keptAnnotations(entityModel),
  });
  const list: typeof recorder = {
    ...recorder,
    list: (resource, apiVersion) => {
      progress(`objects: ${resource.plural}`);
      return recorder.list(resource, apiVersion);
    },
  };
  const { coverage } = await readCluster({ list, now: () => now }, { cluster, entityModel });
  return coverage.notes;
}
