import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../../../shared/gate/baseline.ts';
import { suggestPolicy } from '../../../../shared/gate/suggest/suggest-policy.ts';
import { authorize } from '../../../../shared/linkerd/policy/authorize.ts';
import { indexPolicies } from '../../../../shared/linkerd/policy/index-policies.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { admits, identities, identityOf, meshTls, policyObject, server } from '../../linkerd/policy/objects.ts';
import { applied } from './judge-suggestion.ts';
import { app, seen, seenMesh } from './seen-mesh.ts';

const web = app('web');
const cart = app('cart');
const suggested = (mesh: Baseline): readonly PolicyObject[] => suggestPolicy(mesh).objects.map(({ object }) => object);
const specOf = (objects: readonly PolicyObject[], kind: string) => objects.find((one) => one.kind === kind)?.spec;
const namesOf = (objects: readonly PolicyObject[]): string[] =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

describe('a port that no Server has', () => {
  const mesh = seenMesh({ apps: [web, cart], calls: [seen('shop/cart', 'shop/web', 8080, { requests: 12 })] });
  const objects = suggested(mesh);

  it('gets one, an authentication that lists who called, and a policy that admits them', () => {
    expect(objects.map(({ kind, metadata, spec }) => ({ kind, name: metadata.name, spec }))).toEqual([
      {
        kind: 'Server',
        name: 'web-8080',
        spec: {
          podSelector: { matchLabels: { app: 'web' } },
          port: 8080,
          proxyProtocol: 'unknown',
          accessPolicy: 'deny',
        },
      },
      {
        kind: 'MeshTLSAuthentication',
        name: 'web-8080-callers',
        spec: { identityRefs: [{ kind: 'ServiceAccount', name: 'cart', namespace: 'shop' }] },
      },
      {
        kind: 'AuthorizationPolicy',
        name: 'web-8080-callers',
        spec: {
          targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'web-8080' },
          requiredAuthenticationRefs: [
            { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: 'web-8080-callers' },
          ],
        },
      },
    ]);
  });

  it('says beside each caller how often it was seen, when last, and what it is', () => {
    const { lines } = suggestPolicy(mesh).objects[1]!;
    expect(lines).toEqual([
      { path: ['spec', 'identityRefs', 0], comment: '12 requests, last 2026-11-24T11:59:00Z, from shop/cart' },
    ]);
  });

  it('shuts out everybody else, but not the probes of the kubelet', () => {
    const probed = seenMesh({ apps: [app('web', { probed: 8080 }), cart], calls: mesh.traffic.edges });
    const policies = indexPolicies(applied(probed, suggested(probed)).objects);
    const call = {
      client: { meshed: false },
      server: { namespace: 'shop', name: 'web-0' },
      port: 8080,
      protocol: 'http',
    } as const;
    expect(authorize(policies, { ...call, method: 'GET', path: '/ready' }).verdict).toBe('allowed');
    expect(authorize(policies, { ...call, method: 'GET', path: '/' }).verdict).toBe('denied');
  });

  it('is opaque where the pods say so', () => {
    const database = app('db', { annotations: { 'config.linkerd.io/opaque-ports': '5432' } });
    const calls = [seen('shop/web', 'shop/db', 5432, { connections: 3 })];
    expect(specOf(suggested(seenMesh({ apps: [database, web], calls })), 'Server')).toMatchObject({
      proxyProtocol: 'opaque',
    });
  });

  it('goes on being detected where bytes came that were no HTTP, and that is told', () => {
    const told = suggestPolicy(
      seenMesh({ apps: [web, cart], calls: [seen('shop/cart', 'shop/web', 9000, { connections: 3 })] }),
    );
    expect(told.objects[0]?.object.spec).toMatchObject({ proxyProtocol: 'unknown' });
    expect(told.unknown).toContainEqual(
      expect.stringContaining('shop/web port 9000 took 3 connections that were no HTTP'),
    );
  });

  it('needs no policy where one of the whole namespace admits its callers already', () => {
    const everywhere = admits('all', { kind: 'Namespace', name: 'shop' }, meshTls('friends'));
    const friends = identities('friends', identityOf('cart'));
    const objects = suggested(
      seenMesh({ apps: [web, cart], calls: mesh.traffic.edges, objects: [everywhere, friends] }),
    );
    expect(namesOf(objects)).toEqual(['Server web-8080']);
  });
});

describe('who is not admitted', () => {
  it.each([
    ['who was denied', { requests: 5, verdict: 'denied' }],
    ['who found no route', { requests: 5, verdict: 'noRoute' }],
    ['who only its own proxy turned away', { requests: 5, verdict: 'refused' }],
  ])('%s', (_, count) => {
    expect(suggested(seenMesh({ apps: [web, cart], calls: [seen('shop/cart', 'shop/web', 8080, count)] }))).toEqual([]);
  });

  it('who was denied, and sent some more that no called proxy tells of', () => {
    const denied = seen('shop/cart', 'shop/web', 8080, { requests: 5, verdict: 'denied' });
    const edge = { ...denied, shares: [...denied.shares, { verdict: 'unknown', count: 2, failures: 0, policies: [] }] };
    expect(suggested(seenMesh({ apps: [web, cart], calls: [edge] }))).toEqual([]);
  });

  it('who was let in once and is denied by what decides now', () => {
    const shut = app('web', { annotations: { 'config.linkerd.io/default-inbound-policy': 'deny' } });
    const told = suggestPolicy(seenMesh({ apps: [shut, cart], calls: [seen('shop/cart', 'shop/web', 8080)] }));
    expect(told.objects).toEqual([]);
    expect(told.unknown).toContainEqual(
      expect.stringMatching(/^cart\.shop\..* called shop\/web port 8080 .* would be denied now: not admitted$/),
    );
  });
});

describe('a Server there is', () => {
  const call = seen('shop/cart', 'shop/web', 8080, { requests: 7, verdict: 'audited' });

  it('stays as it is when it denies what no policy admits', () => {
    const objects = [
      server('http', { port: 8080 }),
      admits('friends', { group: 'policy.linkerd.io', kind: 'Server', name: 'http' }, meshTls('friends')),
      identities('friends', identityOf('cart')),
    ];
    const told = suggestPolicy(seenMesh({ apps: [web, cart], calls: [call], objects }));
    expect(told.objects).toEqual([]);
    expect(told.unknown).toContainEqual(expect.stringContaining('stay as they are: shop/http'));
  });

  it('is closed when it audits, with its labels, port and protocol, and what it let in is listed', () => {
    const open = policyObject(
      'Server',
      'http',
      { podSelector: {}, port: 8080, proxyProtocol: 'HTTP/1', accessPolicy: 'audit' },
      { labels: { tier: 'edge' }, second: 1 },
    );
    const [closed, ...policies] = suggested(seenMesh({ apps: [web, cart], calls: [call], objects: [open] }));
    expect(closed).toEqual({
      apiVersion: 'policy.linkerd.io/v1beta3',
      kind: 'Server',
      metadata: { name: 'http', namespace: 'shop', labels: { tier: 'edge' } },
      spec: { podSelector: {}, port: 8080, proxyProtocol: 'HTTP/1', accessPolicy: 'deny' },
    });
    expect(namesOf(policies)).toEqual(['MeshTLSAuthentication http-callers', 'AuthorizationPolicy http-callers']);
  });

  it('of several workloads is closed once, for the callers of all of them', () => {
    const open = policyObject(
      'Server',
      'http',
      { podSelector: {}, port: 8080, accessPolicy: 'all-authenticated' },
      { second: 1 },
    );
    const calls = [seen('shop/cart', 'shop/web', 8080), seen('shop/web', 'shop/cart', 8080)];
    const objects = suggested(seenMesh({ apps: [web, cart], calls, objects: [open] }));
    expect(namesOf(objects)).toEqual([
      'Server http',
      'MeshTLSAuthentication http-callers',
      'AuthorizationPolicy http-callers',
    ]);
    expect(specOf(objects, 'MeshTLSAuthentication')).toEqual({
      identityRefs: ['cart', 'web'].map((name) => ({ kind: 'ServiceAccount', name, namespace: 'shop' })),
    });
  });
});

describe('callers without identity', () => {
  const calls = [seen('unmeshed', 'shop/web', 8080, { requests: 3 }), seen('shop/cart', 'shop/web', 8080)];

  it.each(['all-unauthenticated', 'cluster-unauthenticated', 'audit'])('keep a port open as %s does', (mode) => {
    const mesh = seenMesh({ apps: [web, cart], calls, settings: { defaultInboundPolicy: mode } });
    const objects = suggested(mesh);
    expect(namesOf(objects)).toEqual(['Server web-8080']);
    expect(specOf(objects, 'Server')).toMatchObject({ accessPolicy: mode });
    expect(suggestPolicy(mesh).unknown).toContainEqual(
      expect.stringContaining('shop/web port 8080 takes calls without identity (3 requests)'),
    );
  });

  it('are not admitted where they would be denied now', () => {
    const mesh = seenMesh({ apps: [web, cart], calls, settings: { defaultInboundPolicy: 'all-authenticated' } });
    expect(specOf(suggested(mesh), 'Server')).toMatchObject({ accessPolicy: 'deny' });
    expect(suggestPolicy(mesh).unknown).toContainEqual(
      expect.stringMatching(/^callers without identity called .* not admitted$/),
    );
  });
});

describe('identities', () => {
  it('that are of no ServiceAccount of this mesh are listed by name, apart', () => {
    const vm = 'spiffe://root.linkerd.cluster.local/billing';
    const calls = [seen('shop/cart', 'shop/web', 8080), seen(`identity:${vm}`, 'shop/web', 8080)];
    const objects = suggested(seenMesh({ apps: [web, cart], calls }));
    expect(namesOf(objects)).toEqual([
      'Server web-8080',
      'MeshTLSAuthentication web-8080-callers',
      'AuthorizationPolicy web-8080-callers',
      'MeshTLSAuthentication web-8080-other-callers',
      'AuthorizationPolicy web-8080-other-callers',
    ]);
    expect(objects[3]?.spec).toEqual({ identities: [vm] });
  });

  it('that several workloads share are told: who admits one of them admits all', () => {
    const apps = [web, app('a', { account: 'default' }), app('b', { account: 'default' })];
    const { unknown } = suggestPolicy(
      seenMesh({ apps, calls: [seen(`identity:${identityOf('default')}`, 'shop/web', 8080)] }),
    );
    expect(unknown).toContainEqual(
      `${identityOf('default')} is shared by shop/a, shop/b: who admits one of them admits all`,
    );
  });

  it.each([
    ['10.0.0.0/8 alone, where every caller is in it', 'shop/cart', ['10.0.0.0/8']],
    [
      'all networks of the cluster, where it is not known where a caller is',
      'shop/gone',
      ['10.0.0.0/8', '192.168.0.0/16'],
    ],
  ])('have to come from %s, if the default policy asks for the cluster', (_, from, cidrs) => {
    const settings = {
      defaultInboundPolicy: 'cluster-authenticated',
      clusterNetworks: ['10.0.0.0/8', '192.168.0.0/16'],
    };
    const objects = suggested(seenMesh({ apps: [web, cart], calls: [seen(from, 'shop/web', 8080)], settings }));
    expect(specOf(objects, 'NetworkAuthentication')).toEqual({ networks: cidrs.map((cidr) => ({ cidr })) });
    expect(specOf(objects, 'AuthorizationPolicy')).toMatchObject({
      requiredAuthenticationRefs: [{ kind: 'MeshTLSAuthentication' }, { kind: 'NetworkAuthentication' }],
    });
  });
});
