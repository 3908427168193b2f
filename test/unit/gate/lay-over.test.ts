import { describe, expect, test } from 'vitest';
import type { Change, Placed } from '../../../shared/gate/change.ts';
import { layOver } from '../../../shared/gate/lay-over.ts';
import { objectKey } from '../../../shared/gate/object-key.ts';
import type { PolicyObject } from '../../../shared/linkerd/policy/policy-object.ts';

const placed = (object: PolicyObject): Placed => ({ object, file: 'shop.yaml', line: 1, lineOf: () => 1 });
const change = (manifests: readonly PolicyObject[], more: Partial<Change> = {}): Change => ({
  manifests: manifests.map(placed),
  base: [],
  full: undefined,
  namespace: 'default',
  ...more,
});
const keysOf = (objects: Iterable<PolicyObject>): string[] => [...objects].map(objectKey).sort();

const server = (name: string, more: object = {}, created?: string): PolicyObject => ({
  apiVersion: 'policy.linkerd.io/v1beta3',
  kind: 'Server',
  metadata: { name, namespace: 'shop', ...(created ? { creationTimestamp: created } : {}) },
  spec: { podSelector: { matchLabels: { app: name } }, port: 8080, ...more },
});

const annotated = (annotations: Record<string, string>, image = 'web:1') => ({
  metadata: { labels: { app: 'web' }, annotations },
  spec: { serviceAccountName: 'web', containers: [{ name: 'web', image, ports: [{ containerPort: 8080 }] }] },
});
const deployment = (template: object): PolicyObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'web' } }, template },
});
/** As the API server gives it back: with what it filled in. */
const stored: PolicyObject = {
  ...deployment({
    ...annotated({ 'linkerd.io/inject': 'enabled', 'kubectl.kubernetes.io/restartedAt': '2026-11-20T10:00:00Z' }),
    spec: {
      serviceAccountName: 'web',
      serviceAccount: 'web',
      restartPolicy: 'Always',
      containers: [
        {
          name: 'web',
          image: 'web:1',
          imagePullPolicy: 'IfNotPresent',
          ports: [{ containerPort: 8080, protocol: 'TCP' }],
        },
      ],
    },
  }),
  metadata: { name: 'web', namespace: 'shop', creationTimestamp: '2026-01-01T00:00:00Z' },
};
const owned = (kind: string, name: string, owner: object): PolicyObject => ({
  apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
  kind,
  metadata: { name, namespace: 'shop', ownerReferences: [owner as { kind: string; name: string }] },
});
const replicaSet = owned('ReplicaSet', 'web-7d4', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' });
const pod = owned('Pod', 'web-7d4-abc', { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-7d4' });

describe('a change laid over a mesh', () => {
  test('adds what is new and leaves the rest', () => {
    const { objects, given } = layOver([server('db')], change([server('web')]));
    expect(keysOf(objects)).toEqual(['Server.policy.linkerd.io/shop/db', 'Server.policy.linkerd.io/shop/web']);
    expect([...given.values()].map(({ fate }) => fate)).toEqual(['added']);
  });

  test('tells of a label that a workload loses, and leaves its pods, which are made by the template alone', () => {
    const labelled = { ...stored, metadata: { ...stored.metadata, labels: { team: 'shop' } } };
    const { objects, given } = layOver(
      [labelled, replicaSet, pod],
      change([deployment(annotated({ 'linkerd.io/inject': 'enabled' }))]),
    );
    expect([...given.values()].map(({ fate }) => fate)).toEqual(['changed']);
    expect(objects.find(({ kind }) => kind === 'Deployment')?.metadata.labels).toBeUndefined();
    expect(objects.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'Pod', 'ReplicaSet']);
  });

  test('replaces what is there, whatever its version, and keeps its age, which decides between Servers', () => {
    const old = { ...server('web', {}, '2026-01-01T00:00:00Z'), apiVersion: 'policy.linkerd.io/v1beta1' };
    const { objects, given } = layOver([old], change([server('web', { accessPolicy: 'audit' })]));
    expect(objects).toHaveLength(1);
    expect(objects[0]?.spec).toMatchObject({ accessPolicy: 'audit' });
    expect(objects[0]?.metadata.creationTimestamp).toBe('2026-01-01T00:00:00Z');
    expect([...given.values()].map(({ fate }) => fate)).toEqual(['changed']);
  });

  test('tells what it says again from what it says anew: of a policy every field decides', () => {
    const fateOf = (before: object, after: object): string | undefined =>
      [...layOver([server('web', before)], change([server('web', after)])).given.values()][0]?.fate;
    expect(fateOf({ accessPolicy: 'audit' }, { accessPolicy: 'audit' })).toBe('unchanged');
    expect(fateOf({ accessPolicy: 'audit' }, {})).toBe('changed');
    expect(fateOf({ podSelector: { matchLabels: { app: 'web' } } }, { podSelector: {} })).toBe('changed');
  });

  test('puts objects without a namespace where it is told', () => {
    const { metadata, ...rest } = server('web');
    const homeless: PolicyObject = { ...rest, metadata: { name: metadata.name } };
    const namespace: PolicyObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    const { objects } = layOver([], change([homeless, namespace], { namespace: 'shop' }));
    expect(keysOf(objects)).toEqual(['Namespace./-/shop', 'Server.policy.linkerd.io/shop/web']);
    expect(objects.find(({ kind }) => kind === 'Namespace')?.metadata.namespace).toBeUndefined();
  });

  test('deletes what only the manifests before have, and nothing the mesh does not know', () => {
    const base = [server('web'), server('gone'), server('never-applied')];
    const { objects, removed } = layOver([server('web'), server('gone')], change([server('web')], { base }));
    expect(keysOf(objects)).toEqual(['Server.policy.linkerd.io/shop/web']);
    expect([...removed.keys()]).toEqual(['Server.policy.linkerd.io/shop/gone']);
  });

  test('a whole namespace loses what its manifests lack, other namespaces and what controllers make stay', () => {
    const elsewhere = { ...server('api'), metadata: { name: 'api', namespace: 'billing' } };
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'shop' } };
    const before = [server('web'), server('old'), elsewhere, account];
    const { removed } = layOver(before, change([server('web')], { full: 'namespaces' }));
    expect([...removed.keys()]).toEqual(['Server.policy.linkerd.io/shop/old']);
    const all = layOver(before, change([server('web')], { full: 'cluster' }));
    expect([...all.removed.keys()]).toEqual([
      'Server.policy.linkerd.io/shop/old',
      'Server.policy.linkerd.io/billing/api',
    ]);
  });
});

test('a namespace that is deleted takes along all that lives there', () => {
  const namespace: PolicyObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const elsewhere = { ...server('api'), metadata: { name: 'api', namespace: 'billing' } };
  const { objects } = layOver([namespace, server('web'), elsewhere, pod], change([], { base: [namespace] }));
  expect(keysOf(objects)).toEqual(['Server.policy.linkerd.io/billing/api']);
});

describe('pods of a workload in the change', () => {
  const before = [stored, replicaSet, pod];
  const kindsAfter = (manifests: readonly PolicyObject[], more: Partial<Change> = {}): string[] =>
    layOver(before, change(manifests, more))
      .objects.map(({ kind }) => kind)
      .sort();

  test('stay where the template says what it said before, though the API server filled in more', () => {
    expect(kindsAfter([deployment(annotated({ 'linkerd.io/inject': 'enabled' }))])).toEqual([
      'Deployment',
      'Pod',
      'ReplicaSet',
    ]);
  });

  test.each([
    ['another image', deployment(annotated({ 'linkerd.io/inject': 'enabled' }, 'web:2'))],
    ['an annotation that is gone', deployment(annotated({}))],
  ])('give way to what the template makes: %s', (_, manifest) => {
    expect(kindsAfter([manifest])).toEqual(['Deployment']);
  });

  test('give way where the token of their account is kept out no longer, though the manifest only leaves a field out', () => {
    const template = { ...annotated({ 'linkerd.io/inject': 'enabled' }) };
    const tokenless = deployment({ ...template, spec: { ...template.spec, automountServiceAccountToken: false } });
    const objects = (manifest: PolicyObject) =>
      layOver([tokenless, replicaSet, pod], change([manifest])).objects.map(({ kind }) => kind);
    expect(objects(deployment(template))).toEqual(['Deployment']);
    expect(objects(tokenless)).toContain('Pod');
  });

  test('go with their workload', () => {
    expect(kindsAfter([], { base: [deployment(annotated({}))] })).toEqual([]);
  });

  test('give way where nobody knows the template they came from: a graph keeps none', () => {
    const fromGraph = owned('Pod', 'web-7d4-abc', { kind: 'Deployment', name: 'web' });
    const workloads = [{ namespace: 'shop', kind: 'Deployment', name: 'web', labels: [], annotations: [] }];
    const { objects, given } = layOver([fromGraph], change([deployment(annotated({}))]), workloads);
    expect(objects.map(({ kind }) => kind)).toEqual(['Deployment']);
    expect([...given.values()].map(({ fate }) => fate)).toEqual(['changed']);
    const base = [deployment(annotated({}))];
    expect(layOver([fromGraph], change([], { base }), workloads).objects).toEqual([]);
    expect(
      layOver([fromGraph, server('old')], change([server('old')], { full: 'namespaces' }), workloads).objects,
    ).toEqual([server('old')]);
  });
});
