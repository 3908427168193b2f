import { expect, test } from 'vitest';
import { type ClusterReading, namePods } from '../../../functions/read-traffic/name-pods.ts';
import { UnavailableError } from '../../../shared/domain/errors.ts';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');
const window = { from: NOON - 5 * MINUTE, to: NOON };

const trafficOf = (...pods: string[]): TrafficObservation => ({
  schema: 'meshgraph.observation/v1',
  id: 'prod/traffic/1',
  cluster: 'prod',
  source: 'traffic',
  at: window.to,
  readAt: NOON + MINUTE,
  window,
  calls: [],
  arrivals: pods.map((name) => ({
    workload: { namespace: 'shop', kind: 'Pod', name },
    port: 80,
    protocol: 'http',
    tls: 'true',
    verdict: 'allowed',
    server: { kind: 'default', name: 'all-unauthenticated' },
    requests: 1,
    failures: 0,
    outcomes: {},
  })),
  coverage: { complete: true, scrapes: [], targetsReadRaw: 0, notes: [] },
});

function readingOf(at: number, owners: Record<string, string>, opened: number[] = []): ClusterReading {
  return {
    at,
    owners: async () => {
      opened.push(at);
      return new Map(
        Object.entries(owners).map(([pod, name]) => [
          `shop/${pod}`,
          { namespace: 'shop', kind: name === pod ? 'Pod' : 'Rollout', name },
        ]),
      );
    },
  };
}

const named = async (
  readings: ClusterReading[],
  pods: string[],
  { now = NOON + MINUTE, requestedAt = NOON + MINUTE } = {},
) => {
  const observation = await namePods(
    { readings: async () => readings, now: () => now },
    trafficOf(...pods),
    requestedAt,
  );
  return observation.arrivals.map(({ workload, requests }) => `${requests} at ${workload.kind}/${workload.name}`);
};

test('pods are named by the newest reading that knows them', async () => {
  const readings = [readingOf(NOON, { 'api-1': 'api' }), readingOf(NOON - 5 * MINUTE, { 'api-0': 'api' })];
  expect(await named(readings, ['api-0', 'api-1'])).toEqual(['2 at Rollout/api']);
});

test('older readings are opened only for pods that newer ones do not know', async () => {
  const opened: number[] = [];
  await named([readingOf(NOON, { 'api-1': 'api' }, opened), readingOf(NOON - 1, {}, opened)], ['api-1']);
  expect(opened).toEqual([NOON]);
});

test('a bare pod is known: it is its own workload, and nothing older is opened for it', async () => {
  const opened: number[] = [];
  const readings = [readingOf(NOON, { debug: 'debug' }, opened), readingOf(NOON - 1, {}, opened)];
  expect(await named(readings, ['debug'])).toEqual(['1 at Pod/debug']);
  expect(opened).toEqual([NOON]);
});

test('whom no reading knows stays a pod, after four of them', async () => {
  const opened: number[] = [];
  const readings = Array.from({ length: 9 }, (_, n) => readingOf(NOON - n, {}, opened));
  expect(await named(readings, ['gone'])).toEqual(['1 at Pod/gone']);
  expect(opened).toHaveLength(4);
});

test('a window waits a minute for the reading of its own time, and then goes on without', async () => {
  const before = [readingOf(NOON - MINUTE, {})];
  const waiting = named(before, ['new'], { now: NOON + 80_000 });
  await expect(waiting).rejects.toThrow(UnavailableError);
  await expect(waiting).rejects.toMatchObject({ retryAfterSeconds: 20 });
  await expect(named([], ['new'], { now: NOON + 80_000 })).rejects.toThrow(UnavailableError);
  expect(await named(before, ['new'], { now: NOON + 121_000 })).toEqual(['1 at Pod/new']);
});

test('where every owner is known to Prometheus no reading is looked for', async () => {
  const readings = async () => {
    throw new Error('asked all the same');
  };
  expect(await namePods({ readings, now: () => NOON }, trafficOf(), NOON)).toEqual(trafficOf());
});
