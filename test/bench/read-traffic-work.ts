import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { readTraffic } from '../../functions/read-traffic/read-traffic.ts';
import { queryPrometheus } from '../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../shared/adapters/prometheus-http.ts';
import type { Window } from '../../shared/domain/window.ts';
import { VIZ_LABELS } from '../../shared/linkerd/traffic/labels.ts';

export type ReadTrafficFigures = {
  readonly ms: number;
  readonly cpuMs: number;
  readonly queries: number;
  readonly bytes: number;
  /** Milliseconds of the slowest query. */
  readonly slowestMs: number;
  readonly calls: number;
  readonly arrivals: number;
  readonly requests: number;
  readonly arrived: number;
  readonly problems: readonly string[];
  readonly observationBytes: number;
};

const sum = (rows: readonly { readonly requests: number }[]): number =>
  rows.reduce((all, row) => all + row.requests, 0);

/** Reads one window as a scan does and leaves the observation, gzipped, in `file`. */
export async function work(input: { url: string; window: Window; file: string }): Promise<ReadTrafficFigures> {
  const send = sendByUrl({ url: input.url, timeoutMs: 600_000 });
  const asked = { queries: 0, bytes: 0, slowestMs: 0 };
  const counted: typeof send = async (path, form) => {
    const start = performance.now();
    const reply = await send(path, form);
    asked.queries += 1;
    asked.bytes += reply.body.length;
    asked.slowestMs = Math.max(asked.slowestMs, performance.now() - start);
    return reply;
  };
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const observation = await readTraffic(
    { query: (promql, at) => queryPrometheus(counted, 'Prometheus', promql, at), now: Date.now },
    {
      cluster: 'fed',
      window: input.window,
      labels: VIZ_LABELS,
      settlingMs: 30_000,
      lookbackMs: 900_000,
      farLookbackMs: 3_600_000,
      retainIdleMs: 600_000,
    },
  );
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const text = gzipSync(JSON.stringify(observation), { level: 1 });
  await writeFile(input.file, text);
  return {
    ms,
    cpuMs: (user + system) / 1000,
    ...asked,
    calls: observation.calls.length,
    arrivals: observation.arrivals.length,
    requests: sum(observation.calls),
    arrived: sum(observation.arrivals),
    problems: observation.coverage.notes,
    observationBytes: text.length,
  };
}
