import { describe, expect, test } from 'vitest';
import { callsByDefaultOnly } from '../../../../shared/gate/rules/calls/calls-by-default-only.ts';
import { callsDenied } from '../../../../shared/gate/rules/calls/calls-denied.ts';
import { callsLoseMTls } from '../../../../shared/gate/rules/calls/calls-lose-mtls.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import type { Edge } from '../../../../shared/questions/edges/merge.ts';
import { deployment, podOf } from '../../linkerd/explain/mesh.ts';
import {
  admits,
  identities,
  identityOf,
  meshTls,
  namespace,
  server,
  theServer,
  webPod,
} from '../../linkerd/policy/objects.ts';
import { caused, changed } from '../access/small-mesh.ts';
import { API_TO_WEB, api, faring, service } from './seen-mesh.ts';

const inject = (value: 'enabled' | 'disabled') => ({ 'linkerd.io/inject': value });
const meshed = namespace(inject('enabled'));
const owner = (more: Record<string, string> = {}) =>
  deployment('web', { ports: [{ name: 'http', containerPort: 8080 }], annotations: more });
const pod = podOf('web', 'web-1', '10.1.0.9', { ports: [{ name: 'http', containerPort: 8080 }] });
const edge: Edge = { ...API_TO_WEB, to: { label: 'Workload', key: 'prod/shop/Deployment/web', name: 'shop/web' } };
const objects = [meshed, owner(), pod, deployment('api'), api, service(80)];
const losing = (writes: readonly PolicyObject[], seen: Edge = edge, before: readonly PolicyObject[] = objects) =>
  caused(callsLoseMTls, changed(before, { writes, edges: [seen] }));

describe('calls that would no longer be mutual TLS', () => {
  test('are told where the called workload leaves the mesh, with the annotation that takes it out', () => {
    const [violation] = losing([owner(inject('disabled'))]);
    expect(violation?.message).toMatch(
      /^10 requests of shop\/api to shop\/web:8080, last .*, would no longer be mutual TLS: shop\/web is not meshed: /,
    );
    expect(violation?.places[0]).toEqual({
      key: 'Deployment.apps/shop/web',
      field: 'spec.template.metadata.annotations["linkerd.io/inject"]',
    });
  });

  test.each([
    ['the called pod skips the port', owner({ 'config.linkerd.io/skip-inbound-ports': '8080' }), 'skip-inbound-ports'],
    [
      'the caller leaves the mesh',
      deployment('api', { annotations: inject('disabled') }),
      'the proxy of shop/api no longer sends them',
    ],
    [
      'the caller skips the port of the Service',
      deployment('api', { annotations: { 'config.linkerd.io/skip-outbound-ports': '80' } }),
      'the proxy of shop/api no longer sends them',
    ],
    [
      'the namespace is injected no longer, once pods are created again',
      namespace(inject('disabled')),
      'once the pods are created again',
    ],
  ])('are told where %s', (_, written, words) => {
    expect(losing([written]).map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
  });

  test.each([
    ['calls that never were', owner(inject('disabled')), { ...edge, mTls: false }],
    ['calls that were denied', owner(inject('disabled')), faring('denied', edge)],
    ['another port', owner({ 'config.linkerd.io/skip-inbound-ports': '9000' }), edge],
    ['pods made anew that are as meshed as before', owner({ note: 'new' }), edge],
  ])('are not %s', (_, written, seen) => {
    expect(losing([written], seen)).toEqual([]);
  });

  test('are told with that annotation too where the source keeps no templates, as a graph', () => {
    const [violation] = losing([owner(inject('disabled'))], edge, [meshed, pod, api]);
    expect(violation?.places[0]?.field).toBe('spec.template.metadata.annotations["linkerd.io/inject"]');
  });

  test('are told as denied where the policy asks for the identity that they no longer show', () => {
    const guarded = [
      ...objects,
      server('web-http'),
      identities('friends', identityOf('api')),
      admits('web-admits', theServer('web-http'), meshTls('friends')),
    ];
    const writes = [deployment('api', { annotations: inject('disabled') })];
    expect(losing(writes, edge, guarded)).toEqual([]);
    const [denied] = caused(callsDenied, changed(guarded, { writes, edges: [edge] }));
    expect(denied?.message).toContain('the client comes without mesh TLS');
    expect(denied?.places[0]?.field).toBe('spec.template.metadata.annotations["linkerd.io/inject"]');
  });
});

describe('calls that a default policy alone lets in', () => {
  const guarded = [namespace(), webPod(), api, server('web-http'), admits('all', theServer('web-http'))];
  const judged = (deletes: readonly PolicyObject[], writes: readonly PolicyObject[], before: readonly PolicyObject[]) =>
    callsByDefaultOnly.judge(changed(before, { deletes, writes, edges: [API_TO_WEB] }));

  test('are caused by the end of their Server', () => {
    const { caused: told, existing } = judged([server('web-http')], [], guarded);
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /, would be let in by nothing but the default policy all-unauthenticated: no Server has port 8080/,
      ),
    ]);
    expect(existing).toEqual([]);
  });

  test('were so before where the change leaves it at that: one row a namespace', () => {
    const again = {
      ...webPod(),
      metadata: { ...webPod().metadata, labels: { ...webPod().metadata.labels, tier: 'front' } },
    };
    const { caused: told, existing } = judged([], [again], [namespace(), webPod(), api]);
    expect(told).toEqual([]);
    expect(existing.map(({ message }) => message)).toEqual([
      'namespace shop: calls to shop/web:8080 are let in by nothing but a default policy',
    ]);
  });
});
