import { expect, test } from 'vitest';
import { entityModelSchema } from '../../../../shared/domain/entity-model.ts';
import { BASELINE_SCHEMA, type Baseline } from '../../../../shared/gate/baseline.ts';
import { judgedChange } from '../../../../shared/gate/judged-change.ts';
import { observedCalls } from '../../../../shared/gate/own-rules/observed-calls.ts';
import { wholeObjects } from '../../../../shared/gate/own-rules/whole-objects.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/linkerd/policy/mesh-settings.ts';

const MINUTE = 60_000;
const workload = (name: string) => ({
  namespace: 'shop',
  kind: 'Deployment',
  name,
  labels: ['tier=edge'],
  annotations: [],
});
const node = (name: string) => ({ label: 'Workload', key: `prod/shop/Deployment/${name}`, name: `shop/${name}` });

/** As a graph tells it: a pod that names its workload, and no object of the workload. */
const BASELINE: Baseline = {
  schema: BASELINE_SCHEMA,
  cluster: 'prod',
  at: 100 * MINUTE + 1,
  settings: DEFAULT_SETTINGS,
  objects: [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'web-1',
        namespace: 'shop',
        labels: { app: 'web' },
        ownerReferences: [{ kind: 'Deployment', name: 'web' }],
      },
      spec: { serviceAccountName: 'web' },
    },
  ],
  workloads: [workload('web'), workload('idle')],
  traffic: {
    since: 0,
    at: 100 * MINUTE,
    coveredMs: 100 * MINUTE,
    partialWindows: 0,
    newest: 100 * MINUTE,
    edges: [
      {
        from: node('web'),
        to: node('idle'),
        port: 80,
        unit: 'requests',
        shares: [
          { verdict: 'allowed', count: 5, failures: 1, policies: ['authorizationpolicy/idle'] },
          { verdict: 'denied', count: 3, failures: 3, policies: ['server/idle, httproute/read'] },
          { verdict: 'refused', count: 2, failures: 2, policies: [] },
        ],
        count: 10,
        mTls: true,
        identity: 'web.shop.serviceaccount.identity.linkerd.cluster.local',
        serverIdentities: ['idle.shop.serviceaccount.identity.linkerd.cluster.local'],
        first: 5 * MINUTE,
        last: 90 * MINUTE,
      },
    ],
  },
  unread: [],
  notes: [],
};

test('a workload that only its name and its pods tell of gets an object with the account and labels of its pods', () => {
  const change = { manifests: [], base: [], full: undefined, namespace: 'default' };
  const { before, after } = wholeObjects(judgedChange(BASELINE, change, entityModelSchema.parse({})));
  expect(before).toHaveLength(3);
  expect(after).toEqual(before);
  expect(before[1]).toMatchObject({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', labels: { tier: 'edge' } },
    spec: { template: { metadata: { labels: { app: 'web' } }, spec: { serviceAccountName: 'web' } } },
  });
});

test('calls seen become one window, the last whole one, as both ends tell them', () => {
  const observed = observedCalls(BASELINE, MINUTE);
  expect(observed?.window).toEqual({ from: 99 * MINUTE, to: 100 * MINUTE });
  expect(observed?.calls).toMatchObject([
    {
      caller: { name: 'web' },
      callee: { type: 'workload', name: 'idle' },
      requests: 10,
      failures: 6,
      refused: 2,
      tls: 'true',
    },
  ]);
  expect(observed?.arrivals).toMatchObject([
    { verdict: 'allowed', requests: 5, authorization: { kind: 'authorizationpolicy', name: 'idle' } },
    { verdict: 'denied', requests: 3, server: { kind: 'server', name: 'idle' } },
  ]);
  expect(observed?.arrivals[1]).not.toHaveProperty('authorization');
});
