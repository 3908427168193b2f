import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTraffic } from '../../../functions/read-traffic/read-traffic.ts';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../../shared/adapters/prometheus-http.ts';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import { alignedWindows, type Window } from '../../../shared/domain/window.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { observeSamples } from '../../../shared/linkerd/traffic/observe.ts';
import { type PrometheusServer, startPrometheus } from '../../prometheus-server.ts';
import { remoteWrite } from '../../remote-write.ts';
import { type Habits, INTERVAL_MS, type Simulated, simulateTarget } from './simulated-target.ts';

const MINUTE = 60_000;
const CASES = 1_000;
const SCRAPES = 150;
/** Inside the span an empty Prometheus takes samples of, whenever the test runs. */
const START = Math.floor(Date.now() / MINUTE) * MINUTE - 45 * MINUTE;

const habits: Record<string, { habits: Habits; retainIdleMs: number; period: number }> = {
  'short gaps, counters that vanish at any time': {
    habits: { scrapes: SCRAPES, start: START, longestGap: 20, idleBeforeVanishing: 1 },
    retainIdleMs: 0,
    period: 3 * MINUTE,
  },
  'gaps longer than the lookback': {
    habits: { scrapes: SCRAPES, start: START, longestGap: 60, idleBeforeVanishing: 1 },
    retainIdleMs: 0,
    period: 5 * MINUTE,
  },
  "counters that vanish by Linkerd's rule, idle for ten minutes": {
    habits: { scrapes: SCRAPES, start: START, longestGap: 20, idleBeforeVanishing: 60 },
    retainIdleMs: 10 * MINUTE,
    period: 2 * MINUTE,
  },
};

const addressOf = (seed: number): string => `case-${seed}`;

function countersOf(seed: number): Record<string, string>[] {
  const to = {
    target_ip: addressOf(seed),
    target_port: '80',
    tls: 'no_identity',
    no_tls_reason: 'not_provided_by_service_discovery',
  };
  return [
    { __name__: 'response_total', direction: 'outbound', status_code: '200', classification: 'success', ...to },
    {
      __name__: 'inbound_http_authz_deny_total',
      client_id: addressOf(seed),
      target_port: '80',
      tls: 'true',
      srv_kind: 'server',
      srv_name: 's',
      route_kind: 'default',
      route_name: 'default',
    },
  ];
}

function grown({ growth }: Simulated, counter: number, window: Window): number {
  return growth
    .filter((one) => one.counter === counter && one.time >= window.from && one.time < window.to)
    .reduce((sum, { by }) => sum + by, 0);
}

const totals = (observation: TrafficObservation): Map<string, number> =>
  new Map(
    [
      ...observation.calls.map(
        (call) => [`called ${call.callee.type === 'external' ? call.callee.address : ''}`, call.requests] as const,
      ),
      ...observation.arrivals.map((arrival) => [`arrived ${arrival.identity}`, arrival.requests] as const),
    ].filter(([, requests]) => requests > 0),
  );

describe('windows of random series', () => {
  let prometheus: PrometheusServer;
  beforeAll(async () => {
    prometheus = await startPrometheus();
  });
  afterAll(() => prometheus?.stop());

  it.each(Object.entries(habits))(
    'are exact from a live Prometheus and from raw samples: %s',
    async (job, { habits, retainIdleMs, period }) => {
      const cases = Array.from({ length: CASES }, (_, seed) => {
        const own = {
          job,
          instance: `10.0.0.${seed}:4191`,
          namespace: 'ns',
          pod: `pod-${seed}`,
          deployment: `caller-${seed}`,
        };
        return simulateTarget(seed + job.length * CASES, own, countersOf(seed), habits);
      });
      for (let i = 0; i < CASES; i += 100)
        await remoteWrite(
          prometheus.url,
          cases.slice(i, i + 100).flatMap(({ series }) => series),
        );

      const labels = { ...VIZ_LABELS, selector: `job=${JSON.stringify(job)}` };
      const query = (promql: string, at: number) =>
        queryPrometheus(sendByUrl({ url: prometheus.url }), 'the test server', promql, at);
      const samples = await query(`{${labels.selector}}[2h]`, START + SCRAPES * INTERVAL_MS + MINUTE);
      let sums = 0;
      for (const window of alignedWindows(START, START + SCRAPES * INTERVAL_MS, period)) {
        const live = await readTraffic(
          { query, now: Date.now },
          {
            cluster: 'c',
            window,
            labels,
            settlingMs: 0,
            lookbackMs: 5 * MINUTE,
            farLookbackMs: 120 * MINUTE,
            retainIdleMs,
          },
        );
        const raw = observeSamples(
          samples.series,
          { cluster: 'c', window, readAt: 0, lookbackMs: 120 * MINUTE },
          labels,
        );
        const truth = new Map<string, number>();
        cases.forEach((one, seed) => {
          if (grown(one, 0, window) > 0) truth.set(`called ${addressOf(seed)}`, grown(one, 0, window));
          if (grown(one, 1, window) > 0) truth.set(`arrived ${addressOf(seed)}`, grown(one, 1, window));
        });
        sums += truth.size;
        const inOrder = (map: Map<string, number>) => [...map].sort();
        expect(inOrder(totals(raw)), `raw samples, window ${window.from}`).toEqual(inOrder(truth));
        expect(inOrder(totals(live)), `live, window ${window.from}`).toEqual(inOrder(truth));
      }
      expect(sums).toBeGreaterThan(CASES);
    },
  );
});
