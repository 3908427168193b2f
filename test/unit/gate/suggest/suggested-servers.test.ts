import { describe, expect, it } from 'vitest';
import { suggestPolicy } from '../../../../shared/gate/suggest/suggest-policy.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { admits, meshTls, server } from '../../linkerd/policy/objects.ts';
import { app, seen, seenMesh } from './seen-mesh.ts';

const servers = (mesh: ReturnType<typeof seenMesh>): PolicyObject[] =>
  suggestPolicy(mesh).objects.flatMap(({ object }) => (object.kind === 'Server' ? [object] : []));
const labelsOf = ({ spec }: PolicyObject) =>
  (spec as { podSelector: { matchLabels: unknown } }).podSelector.matchLabels;

/** The same without the selectors, as a graph tells it: it keeps pods only. */
const podsOnly = (mesh: ReturnType<typeof seenMesh>) => ({
  ...mesh,
  objects: mesh.objects.filter(({ kind }) => kind !== 'Deployment'),
});

describe('the pods of a Server are told', () => {
  const call = seen('shop/cart', 'shop/web', 8080);
  const cart = app('cart');

  it('by the selector of their Deployment, whatever other labels they have', () => {
    const labels = { 'app.kubernetes.io/name': 'web', release: 'r7' };
    expect(servers(seenMesh({ apps: [app('web', { labels }), cart], calls: [call] })).map(labelsOf)).toEqual([labels]);
  });

  it.each([
    ['the one label that names them', { app: 'web', tier: 'front', 'pod-template-hash': '5d9' }, { app: 'web' }],
    [
      'all labels that stay, where none names them',
      { tier: 'front', zone: 'a', 'pod-template-hash': '5d9', version: '7' },
      { tier: 'front', zone: 'a' },
    ],
  ])('where only pods are known, by %s', (_, labels, expected) => {
    expect(servers(podsOnly(seenMesh({ apps: [app('web', { labels }), cart], calls: [call] }))).map(labelsOf)).toEqual([
      expected,
    ]);
  });

  it('by more labels, where one that names them has other pods too', () => {
    const apps = [
      app('web', { labels: { app: 'shop', 'k8s-app': 'web' } }),
      app('cart', { labels: { app: 'shop', 'k8s-app': 'cart' } }),
    ];
    expect(servers(podsOnly(seenMesh({ apps, calls: [call] }))).map(labelsOf)).toEqual([{ 'k8s-app': 'web' }]);
  });

  it('together with those nothing tells them from, for the callers of both', () => {
    const apps = [app('web'), app('web-canary', { labels: { app: 'web', track: 'canary' } }), cart, app('bot')];
    const told = suggestPolicy(seenMesh({ apps, calls: [call, seen('shop/bot', 'shop/web-canary', 8080)] }));
    expect(told.objects.map(({ object: { kind, metadata } }) => `${kind} ${metadata.name}`)).toEqual([
      'Server web-8080',
      'MeshTLSAuthentication web-8080-callers',
      'AuthorizationPolicy web-8080-callers',
    ]);
    expect(told.admitted.map(({ who }) => who)).toEqual(['ServiceAccount shop/bot', 'ServiceAccount shop/cart']);
    expect(told.unknown).toContainEqual(
      'no label tells shop/deployment/web, shop/deployment/web-canary apart: Server web-8080 guards port 8080 of all of them',
    );
  });

  it('not at all, where they have no label that stays', () => {
    const apps = [app('web', { labels: { 'pod-template-hash': '5d9' } }), cart];
    const told = suggestPolicy(podsOnly(seenMesh({ apps, calls: [call] })));
    expect(told.objects).toEqual([]);
    expect(told.unknown).toContainEqual(
      expect.stringContaining('no label that stays tells the pods of shop/web port 8080'),
    );
  });
});

describe('names', () => {
  const calls = [seen('shop/cart', 'shop/web', 8080)];
  const named = (objects: readonly PolicyObject[], name = 'web'): string | undefined =>
    servers(seenMesh({ apps: [app(name), app('cart')], calls: [seen('shop/cart', `shop/${name}`, 8080)], objects }))[0]
      ?.metadata.name;

  it('are those of the workload and the port', () => {
    expect(servers(seenMesh({ apps: [app('web'), app('cart')], calls })).map(({ metadata }) => metadata.name)).toEqual([
      'web-8080',
    ]);
  });

  it('are not those of other objects of policy, whatever their kind', () => {
    expect(named([server('web-8080', { port: 9999 })])).toBe('web-8080-2');
  });

  it('are not those that policies wait for: they would count at once', () => {
    expect(
      named([admits('early', { group: 'policy.linkerd.io', kind: 'Server', name: 'web-8080' }, meshTls('x'))]),
    ).toBe('web-8080-2');
    expect(
      named([admits('early', { group: 'policy.linkerd.io', kind: 'Server', name: 'x' }, meshTls('web-8080-callers'))]),
    ).toBe('web-8080-2');
  });

  it('are DNS labels, those of the policies too, however long the workload is called', () => {
    const [long, alike] = ['a', 'b'].map((last) => 'w'.repeat(62) + last) as [string, string];
    const apps = [app(long), app(alike), app('cart')];
    const told = suggestPolicy(
      seenMesh({ apps, calls: [long, alike].map((name) => seen('shop/cart', `shop/${name}`, 8080)) }),
    );
    const names = told.objects.map(({ object }) => object.metadata.name);
    expect(new Set(names).size).toBe(4);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(63);
  });

  it('have no dots and capitals where workloads have', () => {
    expect(named([], 'web.v2')).toBe('web-v2-8080');
  });
});

describe('what no Server could guard is told and left alone', () => {
  const cart = app('cart');
  const told = (web: PolicyObject, port = 8080, to = 'shop/web') =>
    suggestPolicy(seenMesh({ apps: [web, cart], calls: [seen('shop/cart', to, port)] }));

  it.each([
    ['pods without a proxy', told(app('web', { annotations: { 'linkerd.io/inject': 'disabled' } })), 'is not meshed'],
    [
      'ports that pass by it',
      told(app('web', { annotations: { 'config.linkerd.io/skip-inbound-ports': '8080' } })),
      'skip-inbound-ports',
    ],
    ['workloads that are gone', told(app('web'), 8080, 'shop/gone'), 'shop/gone was called on port 8080 and is gone'],
  ])('%s', (_, { objects, unknown }, why) => {
    expect(objects).toEqual([]);
    expect(unknown).toContainEqual(expect.stringContaining(why));
  });

  it('the proxy’s own ports, so that scrapes go on', () => {
    expect(told(app('web'), 4191).objects).toEqual([]);
  });
});

describe('the namespace asked about', () => {
  const apps = [
    app('web'),
    app('cart'),
    app('api', { namespace: 'pay' }),
    app('linkerd-identity', { namespace: 'linkerd' }),
  ];
  const calls = ['shop/web', 'pay/api', 'linkerd/linkerd-identity'].map((to) => seen('shop/cart', to, 8080));
  const mesh = seenMesh({ apps, calls });
  const namespaces = (namespace?: string) => [
    ...new Set(suggestPolicy(mesh, namespace).objects.map(({ object }) => object.metadata.namespace)),
  ];

  it('is the only one something is suggested for', () => {
    expect(namespaces('pay')).toEqual(['pay']);
  });

  it('is every one but the control plane’s by default', () => {
    expect(namespaces()).toEqual(['pay', 'shop']);
  });

  it.each([
    ['shpo', 'there is no namespace "shpo"; did you mean shop?'],
    ['elsewhere', 'there is no namespace "elsewhere"; known are linkerd, pay, shop'],
    ['linkerd', /control plane, which every new pod has to reach/],
  ])('%s is refused', (namespace, message) => {
    expect(() => suggestPolicy(mesh, namespace)).toThrow(message);
  });
});
