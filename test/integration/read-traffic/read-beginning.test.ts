import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBeginning } from '../../../functions/read-traffic/read-beginning.ts';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../../shared/adapters/prometheus-http.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { type PrometheusServer, startPrometheus } from '../../prometheus-server.ts';
import { remoteWrite } from '../../remote-write.ts';

const MINUTE = 60_000;
const PERIOD_MS = 5 * MINUTE;
const NOW = Math.floor(Date.now() / PERIOD_MS) * PERIOD_MS;
/** The first scrape, in the middle of a period. */
const FIRST = NOW - 22 * MINUTE;

let prometheus: PrometheusServer;
beforeAll(async () => {
  prometheus = await startPrometheus();
  const scraped = (job: string, processStart: number) => {
    const own = { job, instance: '10.0.0.1:4191', namespace: 'ns', pod: 'p' };
    const times = Array.from({ length: 132 }, (_, i) => FIRST + i * 10_000);
    const samples = (value: number) => times.map((time) => ({ time, value }));
    return [
      { labels: { __name__: 'up', ...own }, samples: samples(1) },
      { labels: { __name__: 'process_start_time_seconds', ...own }, samples: samples(processStart / 1000) },
    ];
  };
  await remoteWrite(prometheus.url, [
    ...scraped('old-proxies', FIRST - 10 * 24 * 60 * MINUTE),
    ...scraped('young-proxies', FIRST - 2 * MINUTE),
  ]);
});
afterAll(() => prometheus?.stop());

const beginning = (job: string, after: number) =>
  readBeginning((promql, at) => queryPrometheus(sendByUrl({ url: prometheus.url }), 'it', promql, at), {
    after,
    now: NOW,
    periodMs: PERIOD_MS,
    settlingMs: 30_000,
    lookbackMs: 15 * MINUTE,
    labels: { ...VIZ_LABELS, selector: `job="${job}"` },
  });

test('where scraping began with old processes, their past is no growth: reading begins once all were scraped', async () => {
  const from = await beginning('old-proxies', NOW - 6 * 60 * MINUTE);
  expect(from).toBeGreaterThanOrEqual(FIRST + 30_000);
  expect(from).toBeLessThan(FIRST + 30_000 + MINUTE);
});

test('where it began with young ones, the period of the first scrape is read whole', async () => {
  expect(await beginning('young-proxies', NOW - 6 * 60 * MINUTE)).toBe(NOW - 25 * MINUTE);
});

test('where there are samples from before, nothing is left out', async () => {
  for (const job of ['old-proxies', 'young-proxies']) {
    expect(await beginning(job, NOW - 10 * MINUTE)).toBe(NOW - 10 * MINUTE);
  }
});

test('where there are none, there is nothing to read', async () => {
  expect(await beginning('nobody', NOW - 10 * MINUTE)).toBeUndefined();
});
