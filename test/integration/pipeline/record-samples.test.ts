import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleObservations } from '../../../cli/pipeline/bundle-observations.ts';
import { readTraffic } from '../../../functions/read-traffic/read-traffic.ts';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../../shared/adapters/prometheus-http.ts';
import { bundleWriter, openBundleLines } from '../../../shared/domain/bundle/bundle-lines.ts';
import { BUNDLE_SCHEMA, type BundleHeader } from '../../../shared/domain/bundle/record.ts';
import { recordSamples } from '../../../shared/domain/bundle/record-samples.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { type PrometheusServer, startPrometheus } from '../../prometheus-server.ts';
import { remoteWrite } from '../../remote-write.ts';
import { simulateTarget } from '../linkerd/simulated-target.ts';

const MINUTE = 60_000;
const PERIOD_MS = 2 * MINUTE;
const TARGETS = 300;
const SCRAPES = 180;
/** Inside the span an empty Prometheus takes samples of, whenever the test runs. */
const START = Math.floor(Date.now() / PERIOD_MS) * PERIOD_MS - 44 * MINUTE;
/** Pauses in scraping are up to ten minutes: many are under way when the recording begins. */
const SPAN = { from: START + 14 * MINUTE, to: START + 30 * MINUTE };
const LOOKBACK_MS = 3 * MINUTE;
const FAR_LOOKBACK_MS = 120 * MINUTE;

const COUNTERS = [
  {
    __name__: 'response_total',
    direction: 'outbound',
    status_code: '200',
    classification: 'success',
    target_ip: '203.0.113.10',
    target_port: '80',
    tls: 'no_identity',
  },
  {
    __name__: 'inbound_tcp_authz_deny_total',
    client_id: 'someone',
    target_port: '3306',
    tls: 'true',
    srv_kind: 'default',
    srv_name: 'deny',
  },
];

let prometheus: PrometheusServer;
beforeAll(async () => {
  prometheus = await startPrometheus();
  const targets = Array.from({ length: TARGETS }, (_, seed) => {
    const pod = `pod-${seed}`;
    const own = {
      job: 'linkerd-proxy',
      instance: `10.0.1.${seed}:4191`,
      namespace: 'ns',
      pod,
      deployment: `d-${seed}`,
    };
    const habits = { scrapes: SCRAPES, start: START, longestGap: 60, idleBeforeVanishing: 1 };
    return simulateTarget(seed, own, COUNTERS, habits);
  });
  for (let i = 0; i < TARGETS; i += 100) {
    await remoteWrite(
      prometheus.url,
      targets.slice(i, i + 100).flatMap(({ series }) => series),
    );
  }
});
afterAll(() => prometheus?.stop());

const query = (promql: string, at: number) =>
  queryPrometheus(sendByUrl({ url: prometheus.url }), 'the test server', promql, at);

async function record(limits: { answer: number; slice: number }) {
  const header: BundleHeader = {
    schema: BUNDLE_SCHEMA,
    cluster: 'c',
    source: 'a simulation',
    recordedAt: SPAN.to,
    spans: [SPAN],
    lookbackMs: FAR_LOOKBACK_MS,
    labels: { ...VIZ_LABELS, target: [...VIZ_LABELS.target], workloadKinds: { ...VIZ_LABELS.workloadKinds } },
  };
  const { first, line, end } = bundleWriter(header);
  const lines = [first];
  let largest = 0;
  await recordSamples(
    {
      query: async (promql, at) => {
        const answer = await query(promql, at);
        largest = Math.max(
          largest,
          answer.series.reduce((sum, { times }) => sum + times.length, 0),
        );
        return answer;
      },
      write: async (record) => {
        lines.push(line(record));
      },
      progress: () => {},
    },
    {
      span: SPAN,
      recorded: { to: 0, series: new Map() },
      recordedAt: SPAN.to,
      lookbackMs: LOOKBACK_MS,
      farLookbackMs: FAR_LOOKBACK_MS,
      labels: VIZ_LABELS,
    },
    limits,
  );
  lines.push(end());
  return { lines, largest };
}

async function windowsOf(lines: readonly string[]): Promise<TrafficObservation[]> {
  const iterator = (async function* () {
    yield* lines;
  })();
  const reading = { periodMs: PERIOD_MS, until: SPAN.to, entityModel: entityModelSchema.parse({}) };
  const windows: TrafficObservation[] = [];
  for await (const made of bundleObservations(await openBundleLines(iterator, 'b'), reading)) {
    if (made.source === 'traffic') windows.push(made);
  }
  return windows;
}

const facts = ({ calls, arrivals, coverage }: TrafficObservation) => ({ calls, arrivals, scrapes: coverage.scrapes });

test('a recording that begins amid pauses, resets and vanished counters counts as the live source does', async () => {
  const { lines } = await record({ answer: 300_000, slice: 3_000_000 });
  const recorded = await windowsOf(lines);
  expect(recorded).toHaveLength(8);
  for (const one of recorded) {
    const live = await readTraffic(
      { query, now: Date.now },
      {
        cluster: 'c',
        window: one.window,
        labels: VIZ_LABELS,
        settlingMs: 0,
        lookbackMs: LOOKBACK_MS,
        farLookbackMs: FAR_LOOKBACK_MS,
        retainIdleMs: 0,
      },
    );
    expect(facts(one)).toEqual(facts(live));
  }
});

test('answers are kept small by slices of time, which change nothing', async () => {
  const whole = await record({ answer: 300_000, slice: 3_000_000 });
  const sliced = await record({ answer: 4_000, slice: 300_000 });
  expect(whole.largest).toBeGreaterThan(12_000);
  // Samples are not quite evenly spread.
  expect(sliced.largest).toBeLessThan(6_000);
  const slices = sliced.lines.filter((line) => line.startsWith('{"type":"slice"'));
  expect(slices.length).toBeGreaterThan(5);
  expect(await windowsOf(sliced.lines)).toEqual(await windowsOf(whole.lines));
});
