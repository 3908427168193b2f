import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleObservations } from '../../../cli/pipeline/bundle-observations.ts';
import { readTraffic } from '../../../functions/read-traffic/read-traffic.ts';
import { openBundle } from '../../../shared/adapters/bundle-file.ts';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../../shared/adapters/prometheus-http.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { type TrafficObservation, trafficObservation } from '../../../shared/domain/observation.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { startCapturedPrometheus } from '../../captured-prometheus.ts';
import type { PrometheusServer } from '../../prometheus-server.ts';

const MINUTE = 60_000;
const BUNDLE = join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz');

let prometheus: PrometheusServer;
beforeAll(async () => {
  prometheus = await startCapturedPrometheus();
});
afterAll(() => prometheus?.stop());

/** When it was read, and which targets took raw samples to read, are no facts of the mesh. */
function facts({ readAt: _, coverage, ...rest }: TrafficObservation) {
  return { ...rest, coverage: { ...coverage, targetsReadRaw: 0 } };
}

/** Percentiles are sums of floats, which the two add up in different orders. */
function rounded(observation: TrafficObservation): TrafficObservation {
  const digits = (ms: number): number => Number(ms.toPrecision(12));
  const calls = observation.calls.map((call) => {
    const { latencyMs } = call;
    if (latencyMs === undefined) return call;
    return {
      ...call,
      latencyMs: { p50: digits(latencyMs.p50), p95: digits(latencyMs.p95), p99: digits(latencyMs.p99) },
    };
  });
  return { ...observation, calls };
}

test.each([1, 5])(
  'every %i-minute window of the shipped bundle is what a live Prometheus on the same samples says',
  async (minutes) => {
    const reading = {
      periodMs: minutes * MINUTE,
      until: Number.POSITIVE_INFINITY,
      entityModel: entityModelSchema.parse({}),
    };
    let windows = 0;
    let requests = 0;
    for await (const recorded of bundleObservations(await openBundle(BUNDLE), reading)) {
      if (recorded.source !== 'traffic') continue;
      const live = await readTraffic(
        {
          query: (promql, at) => queryPrometheus(sendByUrl({ url: prometheus.url }), 'the test server', promql, at),
          now: () => recorded.window.to + MINUTE,
        },
        {
          cluster: 'demo',
          window: recorded.window,
          labels: VIZ_LABELS,
          settlingMs: 0,
          lookbackMs: 15 * MINUTE,
          farLookbackMs: 360 * MINUTE,
          retainIdleMs: 10 * MINUTE,
        },
      );
      expect(facts(rounded(live))).toEqual(facts(rounded(recorded)));
      trafficObservation.parse(recorded);
      windows += 1;
      requests += recorded.calls.reduce((sum, call) => sum + call.requests, 0);
    }
    expect(windows).toBe(minutes === 1 ? 11 : 2);
    expect(requests).toBeGreaterThan(1_000);
  },
);
