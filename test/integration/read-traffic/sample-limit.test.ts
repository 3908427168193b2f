import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTraffic } from '../../../functions/read-traffic/read-traffic.ts';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../../shared/adapters/prometheus-http.ts';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import type { Window } from '../../../shared/domain/window.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { SampleLimitError } from '../../../shared/linkerd/traffic/sample-limit.ts';
import { startCapturedPrometheus } from '../../captured-prometheus.ts';
import type { PrometheusServer } from '../../prometheus-server.ts';

const END = Date.parse('2026-11-23T18:00:00Z');
const QUIET = { from: END - 600_000, to: END - 300_000 };
/** Pods restart in it. */
const STORMY = { from: END - 300_000, to: END };

type Read = { readonly observation: TrafficObservation; readonly asked: number; readonly refused: number };

async function read({ url }: PrometheusServer, window: Window): Promise<Read> {
  let asked = 0;
  let refused = 0;
  const query = (promql: string, at: number) => {
    asked += 1;
    return queryPrometheus(sendByUrl({ url }), 'the captured Prometheus', promql, at).catch((error) => {
      if (error instanceof SampleLimitError) refused += 1;
      throw error;
    });
  };
  const observation = await readTraffic(
    { query, now: () => END },
    {
      cluster: 'demo',
      window,
      labels: VIZ_LABELS,
      settlingMs: 0,
      lookbackMs: 900_000,
      farLookbackMs: 3_600_000,
      retainIdleMs: 600_000,
    },
  );
  return { observation, asked, refused };
}

const limitedTo = (samples: number) => startCapturedPrometheus(undefined, [`--query.max-samples=${samples}`]);

describe('a Prometheus that stops queries at few samples', () => {
  let unlimited: PrometheusServer;
  beforeAll(async () => {
    unlimited = await startCapturedPrometheus();
  });
  afterAll(() => unlimited?.stop());

  test.each([3_000, 1_000])('gives the same observation by namespaces, at %i samples', async (samples) => {
    const limited = await limitedTo(samples);
    try {
      for (const window of [QUIET, STORMY]) {
        const whole = await read(unlimited, window);
        const { observation, asked, refused } = await read(limited, window);
        expect(whole.observation.calls.length).toBeGreaterThan(10);
        expect(observation).toEqual(whole.observation);
        console.log(samples, whole.observation.coverage, asked, refused);
        expect(refused).toBeGreaterThan(0);
        expect(asked).toBeLessThan(9 * 64);
      }
    } finally {
      await limited.stop();
    }
  });

  test('is told where even one namespace is too much for it', async () => {
    const limited = await limitedTo(300);
    try {
      await expect(read(limited, QUIET)).rejects.toThrow(/stopped the query at its sample limit.*Raise its/);
    } finally {
      await limited.stop();
    }
  });
});
