import { describe, expect, test } from 'vitest';
import { scanWindow } from '../../../functions/read-traffic/scan-window.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';
import { InvalidInputError, UnavailableError } from '../../../shared/domain/errors.ts';
import type { TrafficScanRequest } from '../../../shared/domain/messages/scan-request.ts';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import { observationKey } from '../../../shared/domain/observation-key.ts';
import type { Window } from '../../../shared/domain/window.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');
const HOUR = 60 * MINUTE;
const { scan } = parseConfiguration('', 'meshgraph.yaml', []);
const settings = { scan, labels: VIZ_LABELS };
const request: TrafficScanRequest = {
  schema: 'meshgraph.scan-request/v1',
  cluster: 'prod',
  source: 'traffic',
  requestedAt: NOON + 6 * MINUTE,
  window: { from: NOON, to: NOON + 5 * MINUTE },
};
const answer = (values: number[]) => ({
  series: values.map((value) => ({ labels: {}, times: [0], values: [value] })),
  warnings: [],
});

/** A Prometheus whose samples begin at an instant, and a bucket with the writer's queue behind it. */
function world(begin: number | undefined) {
  const kept = new Map<string, TrafficObservation>();
  const told: string[] = [];
  const given: Window[] = [];
  const queries: string[] = [];
  let cutOff = false;
  const deps = {
    now: () => NOON + 6 * MINUTE,
    query: async (promql: string, at: number) => {
      queries.push(promql);
      if (promql.startsWith('count(last_over_time(up')) return answer(begin !== undefined && begin <= at ? [1] : []);
      if (promql.startsWith('min(min_over_time')) return answer(begin === undefined ? [] : [begin / 1000]);
      if (promql.startsWith('min(process_start_time')) return answer([(NOON - 24 * HOUR) / 1000]);
      return answer([]);
    },
    keyOfWindow: async (_: string, { from }: Window) => [...kept].find(([, { window }]) => window.from === from)?.[0],
    readings: async () => [],
    deliver: async (observation: TrafficObservation) => {
      const key = await observationKey(observation);
      kept.set(key, observation);
      if (cutOff) throw new UnavailableError('the queue does not answer');
      told.push(key);
    },
    announce: async (key: string) => {
      told.push(key);
    },
    giveUp: async (_: string, window: Window) => {
      given.push(window);
    },
  };
  return { deps, kept, told, given, queries, cut: (now: boolean) => (cutOff = now) };
}

describe('the request for a window', () => {
  test('is answered by one observation, kept and told to the writer', async () => {
    const { deps, kept, told } = world(NOON - 60 * MINUTE);
    expect(await scanWindow(deps, settings, request)).toBe('read');
    expect([...kept.values()]).toMatchObject([{ source: 'traffic', window: request.window, at: request.window.to }]);
    expect(told).toEqual([...kept.keys()]);
  });

  test('delivered twice reads once', async () => {
    const { deps, kept, told, queries } = world(NOON - 60 * MINUTE);
    await scanWindow(deps, settings, request);
    const asked = queries.length;
    expect(await scanWindow(deps, settings, request)).toBe('known');
    expect([kept.size, queries.length]).toEqual([1, asked]);
    expect(new Set(told).size).toBe(1);
  });

  test('cut off between keeping and telling, tells the second time', async () => {
    const { deps, kept, told, cut } = world(NOON - 60 * MINUTE);
    cut(true);
    await expect(scanWindow(deps, settings, request)).rejects.toThrow(UnavailableError);
    expect(told).toEqual([]);
    cut(false);
    expect(await scanWindow(deps, settings, request)).toBe('known');
    expect(told).toEqual([...kept.keys()]);
  });

  test('for a time before the samples of Prometheus is given up for good: a counter’s whole past is no growth', async () => {
    const { deps, kept, given } = world(NOON + 2 * MINUTE);
    expect(await scanWindow(deps, settings, request)).toBe('untold');
    expect([kept.size, given]).toEqual([0, [request.window]]);
  });

  test('within a pause of scraping is read: what grew meanwhile is told once scraping goes on', async () => {
    const { deps, kept } = world(NOON - 4 * 60 * MINUTE);
    expect(await scanWindow(deps, settings, request)).toBe('read');
    expect(kept.size).toBe(1);
  });

  test('is refused where Prometheus knows no proxy at all: that is a wrong address, and nothing is given up', async () => {
    const { deps, given } = world(undefined);
    await expect(scanWindow(deps, settings, request)).rejects.toThrow(InvalidInputError);
    await expect(scanWindow(deps, settings, request)).rejects.toThrow(/no samples of Linkerd's proxies/);
    expect(given).toEqual([]);
  });

  test('comes again when Prometheus does not answer', async () => {
    const { deps, kept, given } = world(NOON - 60 * MINUTE);
    const query = async () => {
      throw new UnavailableError('Prometheus does not answer');
    };
    await expect(scanWindow({ ...deps, query }, settings, request)).rejects.toThrow(UnavailableError);
    expect([kept.size, given]).toEqual([0, []]);
  });
});
