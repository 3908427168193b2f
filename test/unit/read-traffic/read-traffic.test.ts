import { describe, expect, it } from 'vitest';
import { type PrometheusAnswer, readTraffic } from '../../../functions/read-traffic/read-traffic.ts';
import { UnavailableError } from '../../../shared/domain/errors.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { SampleLimitError } from '../../../shared/linkerd/traffic/sample-limit.ts';

const MINUTE = 60_000;
const reading = {
  cluster: 'c',
  window: { from: 0, to: MINUTE },
  labels: VIZ_LABELS,
  settlingMs: 30_000,
  lookbackMs: 15 * MINUTE,
  farLookbackMs: 24 * 60 * MINUTE,
  retainIdleMs: 10 * MINUTE,
};
const empty: PrometheusAnswer = { series: [], warnings: [] };
const row = (labels: Record<string, string>, value: number): PrometheusAnswer => ({
  series: [{ labels, times: [MINUTE], values: [value] }],
  warnings: [],
});
const now = () => 2 * MINUTE;
const scraped: PrometheusAnswer = {
  series: [
    { labels: { what: 'proxies', namespace: 'shop' }, times: [MINUTE], values: [1] },
    { labels: { what: 'silent', namespace: 'shop' }, times: [MINUTE], values: [0] },
  ],
  warnings: [],
};

describe('reading one window of traffic', () => {
  it('asks at most ten queries, all at the last millisecond of the window', async () => {
    const asked: { promql: string; at: number }[] = [];
    const query = async (promql: string, at: number) => {
      asked.push({ promql, at });
      return promql.includes('resets(') ? row({ instance: '10.0.0.1:4191' }, 1) : empty;
    };
    await readTraffic({ query, now }, reading);
    expect(asked.length).toBeLessThanOrEqual(10);
    expect(new Set(asked.map(({ at }) => at))).toEqual(new Set([MINUTE - 1]));
    expect(Math.max(...asked.map(({ promql }) => encodeURIComponent(promql).length))).toBeLessThan(65_000);
  });

  it('waits for a window to settle, by its own clock and by that of Prometheus', async () => {
    await expect(readTraffic({ query: async () => empty, now: () => MINUTE + 29_000 }, reading)).rejects.toThrow(
      UnavailableError,
    );
    const behind = async () => ({ ...empty, serverTime: MINUTE + 1_000 });
    await expect(readTraffic({ query: behind, now }, reading)).rejects.toThrow(
      /not settled by the clock of Prometheus/,
    );
  });

  it('reaches further back after a gap in scraping', async () => {
    const asked: string[] = [];
    const query = async (promql: string) => {
      asked.push(promql);
      return promql.includes('"gap"') ? row({ what: 'gap' }, 2) : empty;
    };
    await readTraffic({ query, now }, reading);
    expect(asked.filter((promql) => promql.includes(`[${24 * 60 * MINUTE}ms]`)).length).toBeGreaterThan(1);
  });

  it('asks what lies before a missed scrape of the targets that missed it only, unless they are too many to be named', async () => {
    const questions = async (lapsed: number): Promise<string[]> => {
      const asked: string[] = [];
      const missed = Array.from({ length: lapsed }, (_, i) => row({ what: 'lapsed', instance: `10.0.0.${i}:4191` }, 1));
      const query = async (promql: string) => {
        asked.push(promql);
        return promql.includes('"gap"') ? { series: missed.flatMap(({ series }) => series), warnings: [] } : empty;
      };
      await readTraffic({ query, now }, reading);
      expect(Math.max(...asked.map((promql) => encodeURIComponent(promql).length))).toBeLessThan(65_000);
      return asked.slice(1);
    };
    const furtherBack = 'last_over_time({__name__="response_latency_ms_bucket"';
    const reaches = (promql: string) => promql.includes(furtherBack) && promql.includes('[900000ms]');
    expect((await questions(0)).some(reaches)).toBe(false);
    const named = (promql: string) => promql.includes('10\\\\.0\\\\.0\\\\.19:4191');
    expect((await questions(20)).filter(reaches).map(named)).toEqual([true, true]);
    expect((await questions(21)).some((promql) => reaches(promql) && !promql.includes('10\\\\.0'))).toBe(true);
  });

  it('is incomplete when Prometheus warns', async () => {
    const query = async (promql: string) => ({
      ...(promql.includes('"silent"') ? scraped : empty),
      warnings: ['a remote read failed'],
    });
    const { coverage } = await readTraffic({ query, now }, reading);
    expect(coverage).toMatchObject({ complete: false, notes: ['Prometheus warns: a remote read failed'] });
  });

  it('knows that a window without a scraped proxy tells nothing, and one with some is whole', async () => {
    const blind = await readTraffic({ query: async () => empty, now }, reading);
    expect(blind.coverage).toMatchObject({ complete: false, notes: ['no proxy was scraped in this window'] });
    const query = async (promql: string) => (promql.includes('"silent"') ? scraped : empty);
    expect((await readTraffic({ query, now }, reading)).coverage).toMatchObject({ complete: true, notes: [] });
  });

  it('keeps a floor, marked incomplete, when too many targets would have to be read raw', async () => {
    const query = async (promql: string) => {
      if (promql.includes('"silent"')) return scraped;
      if (promql.includes('instance=~')) throw new SampleLimitError('stopped at the sample limit');
      return promql.includes('resets(') ? row({ instance: '10.0.0.1:4191' }, 1) : empty;
    };
    const { coverage } = await readTraffic({ query, now }, reading);
    expect(coverage.complete).toBe(false);
    expect(coverage.notes).toEqual([expect.stringMatching(/^1 proxies restarted or left gaps/)]);
  });

  it('does not swallow a server that went away', async () => {
    const query = async (promql: string) => {
      if (promql.includes('instance=~')) throw new UnavailableError('gone');
      return promql.includes('resets(') ? row({ instance: '10.0.0.1:4191' }, 1) : empty;
    };
    await expect(readTraffic({ query, now }, reading)).rejects.toThrow('gone');
  });
});
