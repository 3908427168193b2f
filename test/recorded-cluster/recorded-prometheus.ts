import { join } from 'node:path';
import { openBundle } from '../../shared/adapters/bundle-file.ts';
import { decodeSamples } from '../../shared/domain/bundle/samples.ts';
import type { Window } from '../../shared/domain/window.ts';
import { type PrometheusServer, startPrometheus } from '../prometheus-server.ts';
import { remoteWrite, type WrittenSeries } from '../remote-write.ts';

const BUNDLE = join(import.meta.dirname, '../../demo/recorded-mesh.bundle.gz');
const SERIES_A_REQUEST = 500;

export type RecordedPrometheus = PrometheusServer & {
  /** What the samples span, moved to where they are now. */
  readonly window: Window;
  /** By how much they were moved, ms. */
  readonly shiftMs: number;
};

/**
 * A real Prometheus with the demo's samples, moved in time so that the recording ends with the last instant not after
 * `endAt` that is a multiple of `stepMs`: windows that divide the step hold what they held when they were recorded.
 */
export async function startRecordedPrometheus(endAt: number, stepMs: number): Promise<RecordedPrometheus> {
  const bundle = await openBundle(BUNDLE);
  const [{ from, to }] = bundle.header.spans as [Window];
  const shiftMs = Math.floor((endAt - to) / stepMs) * stepMs;
  const server = await startPrometheus();
  const labels: Record<string, string>[] = [];
  let slice: WrittenSeries[] = [];
  for (let record = await bundle.next(); record !== undefined; record = await bundle.next()) {
    if (record.type === 'series') labels[record.series] = record.labels;
    if (record.type === 'samples') {
      const { times, values } = decodeSamples(record);
      const series = labels[record.series] as Record<string, string>;
      // Its values are instants too.
      const later = series.__name__ === 'process_start_time_seconds' ? shiftMs / 1000 : 0;
      const samples = times.map((time, i) => ({ time: time + shiftMs, value: (values[i] as number) + later }));
      slice.push({ labels: series, samples });
    }
    if (record.type !== 'slice') continue;
    for (let i = 0; i < slice.length; i += SERIES_A_REQUEST) {
      await remoteWrite(server.url, slice.slice(i, i + SERIES_A_REQUEST));
    }
    slice = [];
  }
  return { ...server, window: { from: from + shiftMs, to: to + shiftMs }, shiftMs };
}
