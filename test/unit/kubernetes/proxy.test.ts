import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { ForbiddenError } from '../../../shared/domain/errors.ts';
import type { Metadata } from '../../../shared/kubernetes/kubernetes-object.ts';
import type { PodSpec } from '../../../shared/kubernetes/pod-spec.ts';
import { findProxy, unmeshedReason } from '../../../shared/kubernetes/proxy.ts';
import { fingerprints } from '../../../shared/kubernetes/trust-anchors.ts';
import { clusterOf, namespace, pod } from '../../cluster-of.ts';
import { entityOf, readRecorded } from '../../read-recorded.ts';

type Pod = { metadata: Metadata; spec: PodSpec };
type Operation = { op: string; path: string; value: unknown };

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../fixtures/kubernetes/inject', name), 'utf8');

/** Applies the `add` operations of a JSON patch (RFC 6902), all that the injector uses. */
function patched(pod: object, name: string): Pod {
  const result = structuredClone(pod);
  for (const { op, path, value } of JSON.parse(fixture(name)) as Operation[]) {
    expect(op).toBe('add');
    const names = path
      .slice(1)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = names.pop() ?? '';
    const target = names.reduce<Record<string, unknown>>(
      (inner, key) => inner[key] as Record<string, unknown>,
      result as Record<string, unknown>,
    );
    if (Array.isArray(target)) target.splice(last === '-' ? target.length : Number(last), 0, value);
    else target[last] = value;
  }
  return result as Pod;
}

const plain = {
  metadata: { name: 'web', annotations: {}, labels: {} },
  spec: { containers: [{ name: 'web', image: 'web:1' }], initContainers: [] },
};

describe('the proxy of a pod', () => {
  test.each(['pod.nativesidecar.patch.json', 'pod-with-ns-annotations.patch.json'])(
    'is found after the injector’s own patch (%s), as a native sidecar',
    async (name) => {
      const pod = patched(plain, name);
      const proxy = findProxy(pod);
      expect(proxy).toMatchObject({ native: true, version: expect.stringMatching(/./) });
      expect(await fingerprints(proxy?.trustAnchorsPem ?? '')).toBeUndefined();
    },
  );

  test('is found in a manifest the command line injected', async () => {
    const [document] = parseAllDocuments(fixture('inject_emojivoto_pod.golden.yml'));
    const proxy = findProxy(document?.toJS() as Pod);
    expect(proxy).toMatchObject({ native: true, version: 'test-inject-proxy-version' });
    expect(await fingerprints(proxy?.trustAnchorsPem ?? '')).toHaveLength(1);
  });

  test('is found as an ordinary container, as before native sidecars', () => {
    const { metadata, spec } = patched(plain, 'pod.nativesidecar.patch.json');
    const proxies = spec.initContainers?.filter(({ name }) => name === 'linkerd-proxy') ?? [];
    const old = { metadata, spec: { containers: [...(spec.containers ?? []), ...proxies], initContainers: [] } };
    expect(findProxy(old)).toMatchObject({ native: false });
  });

  test('is not believed from the label alone, nor from the container alone', () => {
    const { metadata, spec } = patched(plain, 'pod.nativesidecar.patch.json');
    expect(findProxy({ metadata, spec: plain.spec })).toBeUndefined();
    expect(findProxy({ metadata: plain.metadata, spec })).toBeUndefined();
  });

  test.each([
    ['cr.l5d.io/linkerd/proxy:edge-26.8.3', 'edge-26.8.3'],
    ['registry.example:5000/linkerd/proxy:stable@sha256:0123', 'stable'],
    ['registry.example:5000/linkerd/proxy@sha256:0123', 'annotated'],
  ])('of image %s has version %s', (image, version) => {
    const metadata = {
      name: 'web',
      labels: { 'linkerd.io/control-plane-ns': 'linkerd' },
      annotations: { 'linkerd.io/proxy-version': 'annotated' },
    };
    expect(findProxy({ metadata, spec: { containers: [{ name: 'linkerd-proxy', image }] } })?.version).toBe(version);
  });
});

describe('the reason a pod has no proxy', () => {
  const reason = (pod: string | undefined, inject: string | undefined, spec: PodSpec = {}, webhooksDisabled = false) =>
    unmeshedReason(
      { metadata: { name: 'a', annotations: pod === undefined ? {} : { 'linkerd.io/inject': pod } }, spec },
      { inject, webhooksDisabled },
    );

  test.each([
    [undefined, undefined, 'namespace not injected'],
    [undefined, 'disabled', 'namespace not injected'],
    [undefined, 'enabled', 'injector missed it'],
    [undefined, 'ingress', 'injector missed it'],
    ['enabled', undefined, 'injector missed it'],
    ['enabled', 'disabled', 'injector missed it'],
    ['disabled', 'enabled', 'injection disabled'],
    ['yes', 'enabled', 'injection disabled'],
  ])('with inject %s on the pod and %s on the namespace is: %3$s', (pod, inNamespace, expected) => {
    expect(reason(pod, inNamespace)).toBe(expected);
  });

  test('is the host network whatever the annotations say', () => {
    expect(reason('enabled', 'enabled', { hostNetwork: true })).toBe('host network');
  });

  test('is the namespace’s exemption from webhooks where it has one', () => {
    expect(reason(undefined, 'enabled', {}, true)).toBe('webhooks disabled in namespace');
  });

  test('is not guessed where the namespaces could not be read: the pod is then left out', async () => {
    const objects = { namespaces: [namespace('shop', { 'linkerd.io/inject': 'enabled' })], pods: [pod('web')] };
    const lister = clusterOf(objects);
    const whole = await readRecorded(lister);
    expect(entityOf(whole, 'Pod', 'c/shop/Pod/web').props.unmeshedReason).toBe('injector missed it');
    const partial = await readRecorded({
      ...lister,
      list: (resource, version) => {
        if (resource.id === 'namespaces') throw new ForbiddenError('namespaces is forbidden');
        return lister.list(resource, version);
      },
    });
    expect(partial.coverage.kinds.pods?.status).toBe('complete');
    expect(partial.coverage.families).not.toContain('pods');
    expect(partial.entities.filter(({ label }) => label === 'Pod')).toEqual([]);
  });
});
