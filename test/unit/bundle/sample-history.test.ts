import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleHistory } from '../../../shared/domain/bundle/sample-history.ts';
import { encodeSamples } from '../../../shared/domain/bundle/samples.ts';
import { alignedWindows } from '../../../shared/domain/window.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { observeSamples } from '../../../shared/linkerd/traffic/observe.ts';
import type { RawSeries } from '../../../shared/linkerd/traffic/series.ts';

const SCRAPE = 10_000;
const OWN = { job: 'linkerd-proxy', instance: '10.0.0.1:4191', namespace: 'ns', pod: 'p-1', deployment: 'p' };
const SENT = { direction: 'outbound', target_ip: '203.0.113.10', target_port: '80', tls: 'no_identity' };

const named = (name: string, labels: Record<string, string>, values: readonly (number | null)[]): RawSeries => ({
  labels: { __name__: name, ...OWN, ...labels },
  times: values.flatMap((value, i) => (value === null ? [] : [i * SCRAPE])),
  values: values.filter((value) => value !== null),
});

const value = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 50 }) },
  { weight: 2, arbitrary: fc.constant(null) },
  fc.constant(Number.NaN),
);
const scrapes = fc.array(fc.constantFrom(1, 1, 1, 0, null), { minLength: 60, maxLength: 60 });

test('windows read forward, forgetting what is past, equal windows read from all samples at once', () => {
  fc.assert(
    fc.property(
      scrapes,
      fc.array(value, { minLength: 60, maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (up, counter, lookback) => {
        const all = [
          named('up', {}, up),
          named(
            'process_start_time_seconds',
            {},
            up.map((one, i) => (one === 1 ? Math.floor(i / 25) : null)),
          ),
          named('response_total', { ...SENT, classification: 'success', status_code: '200' }, counter),
        ].filter(({ times }) => times.length > 0);
        const lookbackMs = lookback * SCRAPE;
        const history = sampleHistory(lookbackMs);
        for (const [series, { labels }] of all.entries()) history.define(series, { ...labels });
        for (const window of alignedWindows(0, 60 * SCRAPE, 6 * SCRAPE)) {
          all.forEach(({ times, values }, series) => {
            const inside = times.flatMap((time, i) => (time >= window.from && time < window.to ? [i] : []));
            if (inside.length === 0) return;
            history.add(
              encodeSamples(series, { times: inside.map((i) => times[i]!), values: inside.map((i) => values[i]!) }),
            );
          });
          const reading = { cluster: 'c', window, readAt: 0, lookbackMs };
          expect(observeSamples(history.series(), reading, VIZ_LABELS)).toEqual(
            observeSamples(all, reading, VIZ_LABELS),
          );
          history.forgetBefore(window.to);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('what is past is let go: memory does not grow with the bundle', () => {
  const history = sampleHistory(10 * SCRAPE);
  history.define(0, { __name__: 'up', ...OWN });
  history.define(1, { __name__: 'response_total', ...OWN, ...SENT });
  for (let i = 0; i < 1_000; i += 1) {
    for (const series of [0, 1]) history.add(encodeSamples(series, { times: [i * SCRAPE], values: [1] }));
    history.forgetBefore(i * SCRAPE);
  }
  expect(history.series().map(({ times }) => times.length)).toEqual([11, 2]);
});

test('samples of a series nobody named, or that go back in time, break the contract', () => {
  const history = sampleHistory(0);
  expect(() => history.add(encodeSamples(3, { times: [1], values: [1] }))).toThrow('series 3, which no record names');
  history.define(3, { __name__: 'up' });
  history.add(encodeSamples(3, { times: [10], values: [1] }));
  expect(() => history.add(encodeSamples(3, { times: [10], values: [1] }))).toThrow('go back in time');
});
