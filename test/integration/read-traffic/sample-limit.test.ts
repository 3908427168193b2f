import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTraffic } from '../../../functions/read-traffic/read-traffic.ts';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../../shared/adapters/prometheus-http.ts';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import type { Window } from '../../../shared/domain/window.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { SampleLimitError } from '../../../shared/linkerd/traffic/sample-limit.ts';
import { startCapturedPrometheus } from '../../captured-prometheus.ts';
import { type PrometheusServer, startPrometheus } from '../../prometheus-server.ts';
import { remoteWrite } from '../../remote-write.ts';
import { INTERVAL_MS, simulateTarget } from '../linkerd/simulated-target.ts';

type Read = { readonly observation: TrafficObservation; readonly asked: number; readonly refused: number };

async function read({ url }: PrometheusServer, window: Window, retainIdleMs = 600_000): Promise<Read> {
  let asked = 0;
  let refused = 0;
  const query = (promql: string, at: number) => {
    asked += 1;
    return queryPrometheus(sendByUrl({ url }), 'the test server', promql, at).catch((error) => {
      if (error instanceof SampleLimitError) refused += 1;
      throw error;
    });
  };
  const observation = await readTraffic(
    { query, now: () => window.to + 3_600_000 },
    {
      cluster: 'demo',
      window,
      labels: VIZ_LABELS,
      settlingMs: 0,
      lookbackMs: 300_000,
      farLookbackMs: 3_600_000,
      retainIdleMs,
    },
  );
  return { observation, asked, refused };
}

const limit = (samples: number): string[] => [`--query.max-samples=${samples}`];

describe('a Prometheus that stops queries at few samples', () => {
  const END = Date.parse('2026-11-23T17:55:00Z');
  const window = { from: END - 300_000, to: END };
  let whole: Read;
  const servers: PrometheusServer[] = [];
  const started = async (server: Promise<PrometheusServer>): Promise<PrometheusServer> => {
    servers.push(await server);
    return server;
  };
  beforeAll(async () => {
    whole = await read(await started(startCapturedPrometheus()), window);
  });
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  test.each([3_000, 1_000])('gives the recorded mesh as it is by namespaces: %i samples', async (samples) => {
    const limited = await started(startCapturedPrometheus(undefined, limit(samples)));
    const { observation, asked, refused } = await read(limited, window);
    expect(observation.calls.length).toBeGreaterThan(10);
    expect(observation).toEqual(whole.observation);
    expect(refused).toBeGreaterThan(0);
    expect(asked).toBeLessThan(9 * 64);
  });

  test('is told where even one namespace is too much for it', async () => {
    const limited = await started(startCapturedPrometheus(undefined, limit(300)));
    await expect(read(limited, window)).rejects.toThrow(/stopped the query at its sample limit.*Raise its/);
  });

  test('gives proxies that restart and go missing as they are, sample by sample', async () => {
    const habits = { scrapes: 60, start: alignedStart(), longestGap: 20, idleBeforeVanishing: 1 };
    const series = Array.from({ length: 200 }, (_, seed) => simulateTarget(seed, own(seed), COUNTERS, habits).series);
    const [unlimited, limited] = await Promise.all(
      [[], limit(SAMPLES)].map((flags) => started(startPrometheus({ flags }))),
    );
    for (const server of [unlimited, limited]) await remoteWrite((server as PrometheusServer).url, series.flat());
    const from = habits.start + 20 * INTERVAL_MS;
    const span = { from, to: from + 20 * INTERVAL_MS };
    const all = await read(unlimited as PrometheusServer, span, 0);
    const { observation, refused } = await read(limited as PrometheusServer, span, 0);
    expect(observation).toEqual(all.observation);
    expect(observation.coverage).toMatchObject({ complete: true });
    expect(observation.coverage.targetsReadRaw).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  });
});

const SAMPLES = 2_000;
const COUNTERS: Record<string, string>[] = [
  {
    __name__: 'response_total',
    direction: 'outbound',
    status_code: '200',
    classification: 'success',
    target_ip: '10.9.9.9',
    target_port: '80',
    tls: 'no_identity',
    no_tls_reason: 'not_provided_by_service_discovery',
  },
  { __name__: 'inbound_http_authz_deny_total', client_id: 'c', target_port: '80', tls: 'true', srv_name: 's' },
];

const alignedStart = (): number => Math.floor(Date.now() / 60_000) * 60_000 - 30 * 60_000;

const own = (seed: number): Record<string, string> => ({
  job: 'linkerd-proxy',
  instance: `10.0.0.${seed}:4191`,
  namespace: `team-${seed % 12}`,
  pod: `pod-${seed}`,
  deployment: `caller-${seed}`,
});
