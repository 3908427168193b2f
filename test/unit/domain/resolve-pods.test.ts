import { expect, test } from 'vitest';
import type { Arrival, Call, TrafficObservation, WorkloadRef } from '../../../shared/domain/observation.ts';
import {
  addPodOwners,
  ownerIn,
  type PodOwners,
  resolvePods,
  unownedPods,
} from '../../../shared/domain/resolve-pods.ts';
import { readRecorded } from '../../read-recorded.ts';
import { recordedLister } from '../../recorded-objects.ts';

const pod = (name: string): WorkloadRef => ({ namespace: 'batch', kind: 'Pod', name });
const nightly: WorkloadRef = { namespace: 'batch', kind: 'CronJob', name: 'nightly' };
const ownerOf = (namespace: string, name: string) =>
  namespace === 'batch' && name.startsWith('nightly-') ? nightly : undefined;

const call = (caller: WorkloadRef, requests: number, rest: Partial<Call> = {}): Call => ({
  caller,
  callee: { type: 'workload', namespace: 'books', kind: 'Deployment', name: 'books' },
  port: 7002,
  protocol: 'http',
  tls: 'true',
  requests,
  failures: 1,
  refused: 0,
  connections: 2,
  bytesSent: 3,
  bytesReceived: 4,
  outcomes: { 200: requests - 1, 500: 1 },
  ...rest,
});

const arrival = (workload: WorkloadRef, requests: number): Arrival => ({
  workload,
  port: 80,
  protocol: 'http',
  tls: 'true',
  verdict: 'allowed',
  server: { kind: 'default', name: 'all-unauthenticated' },
  requests,
  failures: 0,
  outcomes: { 200: requests },
});

const observation = (calls: Call[], arrivals: Arrival[] = []): TrafficObservation => ({
  schema: 'meshgraph.observation/v1',
  id: 'c/traffic/0-60000',
  cluster: 'c',
  at: 60_000,
  readAt: 90_000,
  source: 'traffic',
  window: { from: 0, to: 60_000 },
  calls,
  arrivals,
  coverage: { complete: true, scrapes: [], targetsReadRaw: 0, notes: [] },
});

test('pods of one workload become one caller, its counts added up', () => {
  const read = observation([call(pod('nightly-1-a'), 10), call(pod('nightly-2-b'), 5, { outcomes: { 404: 5 } })]);
  const { calls } = resolvePods(read, ownerOf);
  expect(calls).toEqual([
    call(nightly, 15, {
      failures: 2,
      connections: 4,
      bytesSent: 6,
      bytesReceived: 8,
      outcomes: { 200: 9, 404: 5, 500: 1 },
    }),
  ]);
});

test('a pod joins the row its workload has already, as caller, as called and as the one arrived at', () => {
  const callee = { type: 'workload', ...nightly } as const;
  const read = observation(
    [call(nightly, 1, { callee }), call(nightly, 2, { callee: { type: 'workload', ...pod('nightly-1-a') } })],
    [arrival(pod('nightly-1-a'), 3), arrival(nightly, 4)],
  );
  const { calls, arrivals } = resolvePods(read, ownerOf);
  expect(calls.map(({ requests }) => requests)).toEqual([3]);
  expect(arrivals).toEqual([arrival(nightly, 7)]);
});

test('edges that differ in anything but counts stay apart', () => {
  const read = observation([
    call(pod('nightly-1-a'), 1),
    call(pod('nightly-2-b'), 1, { port: 7003 }),
    call(pod('nightly-3-c'), 1, { tls: 'no_identity', noTlsReason: 'port_skipped' }),
  ]);
  expect(resolvePods(read, ownerOf).calls).toHaveLength(3);
});

test('a percentile is kept where one pod has it, and unknown where several would have to be mixed', () => {
  const latencyMs = { p50: 1, p95: 2, p99: 3 };
  const one = observation([call(pod('nightly-1-a'), 1, { latencyMs }), call(pod('nightly-2-b'), 1)]);
  expect(resolvePods(one, ownerOf).calls[0]).toMatchObject({ latencyMs });
  const two = observation([call(pod('nightly-1-a'), 1, { latencyMs }), call(pod('nightly-2-b'), 1, { latencyMs })]);
  expect(resolvePods(two, ownerOf).calls[0]).not.toHaveProperty('latencyMs');
  const three = ['a', 'b', 'c'].map((name) => call(pod(`nightly-${name}`), 1, { latencyMs }));
  expect(resolvePods(observation(three), ownerOf).calls[0]).not.toHaveProperty('latencyMs');
});

test('a pod nobody knows stays a pod and is told as unowned', () => {
  const read = observation([call(pod('stranger'), 1)], [arrival(pod('stranger'), 1), arrival(nightly, 1)]);
  expect(resolvePods(read, ownerOf).calls[0]?.caller).toEqual(pod('stranger'));
  expect(unownedPods(read)).toEqual([{ namespace: 'batch', name: 'stranger' }]);
});

test('the order of the rows read does not matter', () => {
  const calls = [call(pod('nightly-1-a'), 1), call(pod('x'), 2), call(pod('nightly-2-b'), 3)];
  expect(resolvePods(observation(calls.toReversed()), ownerOf)).toEqual(resolvePods(observation(calls), ownerOf));
});

test('owners come from a reading of the cluster: every recorded pod has the workload its ReplicaSet or StatefulSet says', async () => {
  const owners: PodOwners = new Map();
  const reading = await readRecorded(recordedLister('final'));
  addPodOwners(owners, reading);
  expect(owners.size).toBe(reading.entities.filter(({ label }) => label === 'Pod').length);
  expect(ownerIn(owners)('books', 'mysql-0')).toEqual({ namespace: 'books', kind: 'StatefulSet', name: 'mysql' });
  expect(ownerIn(owners)('emojivoto', 'web-7c46f54854-qfj42')).toEqual({
    namespace: 'emojivoto',
    kind: 'Deployment',
    name: 'web',
  });
});
