import { expect, test } from 'vitest';
import { scanObjects } from '../../../functions/read-cluster/scan-objects.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';
import { UnavailableError } from '../../../shared/domain/errors.ts';
import type { ClusterScanRequest } from '../../../shared/domain/messages/scan-request.ts';
import type { ClusterObservation } from '../../../shared/domain/observation.ts';
import { instantOfKey, observationKey } from '../../../shared/domain/observation-key.ts';
import type { ClusterLister, Discovery } from '../../../shared/kubernetes/lister.ts';
import { RESOURCES } from '../../../shared/kubernetes/resources.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const { entityModel } = parseConfiguration('', 'meshgraph.yaml', []);
const request: ClusterScanRequest = {
  schema: 'meshgraph.scan-request/v1',
  cluster: 'prod',
  source: 'cluster',
  requestedAt: NOON,
};

/** An API server that has one namespace and knows nothing else. */
const list: ClusterLister = {
  discover: async () =>
    ({
      kubernetesVersion: 'v1.33.1',
      resources: Object.fromEntries(
        RESOURCES.map(({ id }) => [
          id,
          id === 'namespaces' ? { status: 'served', apiVersion: 'v1' } : { status: 'absent' },
        ]),
      ),
    }) as Discovery,
  async *list() {
    yield { items: [{ metadata: { name: 'shop', uid: 'u' } }] as never, resourceVersion: '1' };
  },
  getConfigMap: async () => undefined,
};

function world() {
  const kept: string[] = [];
  const told: string[] = [];
  let cutOff = false;
  const deps = {
    list,
    now: () => NOON + 2_000,
    keysSince: async (_: string, __: 'cluster', since: number) =>
      kept.filter((key) => (instantOfKey(key) ?? 0) >= since),
    deliver: async (observation: ClusterObservation) => {
      const key = await observationKey(observation);
      kept.push(key);
      if (cutOff) throw new UnavailableError('the queue does not answer');
      told.push(key);
    },
    announce: async (key: string) => {
      told.push(key);
    },
  };
  return { deps, kept, told, cut: (now: boolean) => (cutOff = now) };
}

test('a request is answered by one reading, kept and told; delivered twice it reads once', async () => {
  const { deps, kept, told } = world();
  expect(await scanObjects(deps, entityModel, request)).toBe('read');
  expect(await scanObjects(deps, entityModel, request)).toBe('known');
  expect([kept.length, new Set(told).size]).toEqual([1, 1]);
});

test('cut off between keeping and telling, it tells the second time', async () => {
  const { deps, kept, told, cut } = world();
  cut(true);
  await expect(scanObjects(deps, entityModel, request)).rejects.toThrow(UnavailableError);
  cut(false);
  expect(await scanObjects(deps, entityModel, request)).toBe('known');
  expect(told).toEqual(kept);
});

test('a later request reads again', async () => {
  const { deps, kept } = world();
  await scanObjects(deps, entityModel, request);
  const later = { ...request, requestedAt: NOON + 300_000 };
  expect(await scanObjects({ ...deps, now: () => NOON + 301_000 }, entityModel, later)).toBe('read');
  expect(kept).toHaveLength(2);
});
