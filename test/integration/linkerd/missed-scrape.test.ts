import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTraffic } from '../../../functions/read-traffic/read-traffic.ts';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../../shared/adapters/prometheus-http.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { type PrometheusServer, startPrometheus } from '../../prometheus-server.ts';
import { remoteWrite, type WrittenSample, type WrittenSeries } from '../../remote-write.ts';

const INTERVAL = 10_000;
const PERIOD = 120_000;
const FROM = Math.floor(Date.now() / PERIOD) * PERIOD - 5 * PERIOD;
const window = { from: FROM, to: FROM + PERIOD };

/**
 * A counter that grows by 5 from scrape to scrape, from a minute before the window to its end. One that went away had
 * stood at 1, so that its coming back from 0 does not show in its values.
 */
function target(
  job: string,
  name: string,
  lastScrapeBefore: 'answered' | 'failed' | 'without the counter',
): WrittenSeries[] {
  const up: WrittenSample[] = [];
  const counter: WrittenSample[] = [];
  let value = 0;
  for (let time = FROM - 6 * INTERVAL + 1; time < window.to; time += INTERVAL) {
    const isLastBefore = time < FROM && time + INTERVAL >= FROM;
    const failed = isLastBefore && lastScrapeBefore === 'failed';
    const gone = isLastBefore && lastScrapeBefore === 'without the counter';
    if (lastScrapeBefore !== 'without the counter' || time >= FROM) value += 5;
    up.push({ time, value: failed ? 0 : 1 });
    counter.push({ time, value: failed || gone ? 'stale' : Math.max(value, 1) });
  }
  const own = { job, instance: `${name}:4191`, namespace: 'shop', pod: name, deployment: name };
  const labels = {
    direction: 'outbound',
    target_ip: '10.9.9.9',
    target_port: '80',
    tls: 'no_identity',
    no_tls_reason: 'not_provided_by_service_discovery',
    status_code: '200',
    classification: 'success',
  };
  return [
    { labels: { __name__: 'up', ...own }, samples: up },
    { labels: { __name__: 'response_total', ...own, ...labels }, samples: counter },
  ];
}

describe('a counter that Prometheus did not get just before the window', () => {
  let prometheus: PrometheusServer;
  beforeAll(async () => {
    prometheus = await startPrometheus();
  });
  afterAll(() => prometheus?.stop());

  it.each([
    ['one target', 1],
    ['more targets than a query can name', 30],
  ])(
    'goes on from its last value where the scrape failed, and begins at 0 where it was gone: %s',
    async (job, failed) => {
      await remoteWrite(prometheus.url, [
        ...target(job, 'steady', 'answered'),
        ...target(job, 'returned', 'without the counter'),
        ...Array.from({ length: failed }, (_, i) => target(job, `missed-${i}`, 'failed')).flat(),
      ]);
      const { calls, coverage } = await readTraffic(
        {
          query: (promql, at) => queryPrometheus(sendByUrl({ url: prometheus.url }), 'the test server', promql, at),
          now: Date.now,
        },
        {
          cluster: 'c',
          window,
          labels: { ...VIZ_LABELS, selector: `job=${JSON.stringify(job)}` },
          settlingMs: 0,
          lookbackMs: 5 * 60_000,
          farLookbackMs: 60 * 60_000,
          retainIdleMs: 600_000,
        },
      );
      const requests = new Map(calls.map((call) => [call.caller.name, call.requests]));
      const scrapes = PERIOD / INTERVAL;
      expect(coverage).toMatchObject({ complete: true, targetsReadRaw: 0 });
      expect(requests.get('steady')).toBe(5 * scrapes);
      expect(requests.get('returned')).toBe(5 * scrapes);
      expect(requests.size).toBe(failed + 2);
      for (let i = 0; i < failed; i += 1) expect(requests.get(`missed-${i}`)).toBe(5 * (scrapes + 1));
    },
  );
});
