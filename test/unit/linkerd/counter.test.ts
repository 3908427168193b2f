import { describe, expect, it } from 'vitest';
import { increaseIn } from '../../../shared/linkerd/traffic/counter.ts';
import type { RawSeries } from '../../../shared/linkerd/traffic/series.ts';

const MINUTE = 60_000;
const window = { from: 10 * MINUTE, to: 11 * MINUTE };

/** Samples given as `[seconds relative to the window's start, value]`. */
const series = (...samples: [number, number][]): RawSeries => ({
  labels: {},
  times: samples.map(([second]) => window.from + second * 1000),
  values: samples.map(([, value]) => value),
});
const increase = (counter: RawSeries, target = {}): number => increaseIn(counter, window, 5 * MINUTE, target);

describe('the increase of a counter in a window', () => {
  it('is the last value in it less the last value before it', () => {
    expect(increase(series([-10, 100], [0, 104], [50, 110], [60, 999]))).toBe(10);
  });

  it('counts the first value of a new series whole', () => {
    expect(increase(series([20, 7], [30, 9]))).toBe(9);
  });

  it('begins at 0 where the last value before lies further back than the lookback', () => {
    expect(increase(series([-6 * 60, 100], [20, 107]))).toBe(107);
  });

  it('adds what was counted before and after a reset', () => {
    expect(increase(series([-10, 10], [0, 15], [10, 2], [20, 20]))).toBe(25);
  });

  it('sees a reset at the border that has overtaken the old value, when the process says it started anew', () => {
    const processStart = series([-10, 1], [0, 2]);
    expect(increase(series([-10, 10], [0, 15]), { processStart })).toBe(15);
    expect(increase(series([-10, 10], [0, 15]))).toBe(5);
  });

  it('begins at 0 again when the target answered a scrape without the series', () => {
    expect(increase(series([-10, 5], [10, 7]), { up: series([-10, 1], [0, 1], [10, 1]) })).toBe(7);
  });

  it('bridges a scrape that failed and a time without scrapes', () => {
    expect(increase(series([-10, 5], [10, 7]), { up: series([-10, 1], [0, 0], [10, 1]) })).toBe(2);
    expect(increase(series([-120, 5], [10, 7]), { up: series([-120, 1], [10, 1]) })).toBe(2);
  });

  it('takes NaN for no sample, and still sees a vanishing beside it', () => {
    expect(increase(series([-10, 5], [0, Number.NaN], [10, 8]))).toBe(3);
    const up = series([-20, 1], [-10, 1], [0, 1], [10, 1]);
    expect(increase(series([-20, 5], [0, Number.NaN], [10, 8]), { up })).toBe(8);
  });

  it('is nothing without a sample in the window', () => {
    expect(increase(series([-10, 5], [60, 8]))).toBe(0);
  });
});
