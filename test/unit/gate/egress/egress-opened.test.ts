import { describe, expect, test } from 'vitest';
import { egressOpened, openedEgress } from '../../../../shared/gate/rules/access/egress-opened.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { podOf } from '../../linkerd/explain/mesh.ts';
import { namespace, policyObject, webPod } from '../../linkerd/policy/objects.ts';
import { caused, changed } from '../access/small-mesh.ts';

const egress = (name: string, trafficPolicy: string, cidr?: string, home = 'shop'): PolicyObject => {
  const object = policyObject('EgressNetwork', name, { trafficPolicy, ...(cidr ? { networks: [{ cidr }] } : {}) });
  return { ...object, metadata: { ...object.metadata, namespace: home } };
};
const routeTo = (kind: string, spec: object, port: number | undefined = 443): PolicyObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  metadata: { name: 'out', namespace: 'shop' },
  spec: {
    parentRefs: [{ group: 'policy.linkerd.io', kind: 'EgressNetwork', name: 'all', port }],
    rules: [{}],
    ...spec,
  },
});
const mesh = [namespace(), webPod()];
const denying = egress('all', 'Deny');

type Change = { readonly deletes?: readonly PolicyObject[] };

const judged = (before: readonly PolicyObject[], writes: readonly PolicyObject[], { deletes = [] }: Change = {}) =>
  changed([...mesh, ...before], { writes, deletes });
const told = (...given: Parameters<typeof judged>) =>
  caused(egressOpened, judged(...given)).map(({ severity, message }) => `${severity}: ${message}`);

describe('a way out of the cluster', () => {
  test('is told of a network that allows what it denied, at its policy', () => {
    const change = judged([denying], [egress('all', 'Allow')]);
    expect(caused(egressOpened, change)).toMatchObject([
      {
        severity: 'medium',
        message:
          'namespace shop may call anywhere outside the cluster on every port, which EgressNetwork shop/all denied: it allows now',
        places: [{ key: 'EgressNetwork.policy.linkerd.io/shop/all', field: 'spec.trafficPolicy' }],
        row: { who: 'namespace shop', namespaces: ['shop'], port: null, network: 'shop/all' },
      },
    ]);
    expect(openedEgress(change)).toEqual([
      { who: 'namespace shop', to: 'anywhere outside the cluster', port: null, dataClasses: [] },
    ]);
  });

  test('is none where a network denies more, says the same, or is not the one that decides', () => {
    expect(told([egress('all', 'Allow')], [denying])).toEqual([]);
    expect(told([denying], [{ ...denying, metadata: { ...denying.metadata, labels: { a: 'b' } } }])).toEqual([]);
    expect(told([denying], [egress('all', 'Allow', undefined, 'other')])).toEqual([]);
    expect(told([], [egress('all', 'Allow')])).toEqual([]);
  });

  test('is a block that no network takes any more; one that another still denies is none', () => {
    const narrow = egress('narrow', 'Deny', '203.0.113.10/32');
    expect(told([narrow], [], { deletes: [narrow] })).toEqual([
      'low: namespace shop may call 203.0.113.10/32 on every port, which EgressNetwork shop/narrow denied: none takes it any more',
    ]);
    expect(told([narrow, denying], [], { deletes: [narrow] })).toEqual([]);
    expect(told([narrow, denying], [egress('all', 'Allow')])).toEqual([
      'medium: namespace shop may call anywhere outside the cluster but 203.0.113.10/32 on every port, which EgressNetwork shop/all denied: it allows now',
    ]);
  });

  test('may lead to addresses that clusterNetworks hold', () => {
    const database = egress('database', 'Deny', '10.200.0.0/16');
    expect(told([database], [], { deletes: [database] })).toEqual([
      'medium: namespace shop may call 10.200.0.0/16 on every port, which EgressNetwork shop/database denied: none takes it any more',
    ]);
  });

  test('is an own network in place of the global one, and none of those who have no proxy', () => {
    const global = egress('global', 'Deny', undefined, 'linkerd-egress');
    expect(told([global], [egress('own', 'Allow')])).toEqual([
      'medium: namespace shop may call anywhere outside the cluster on every port, which EgressNetwork linkerd-egress/global denied: EgressNetwork shop/own, which allows, counts instead',
    ]);
    const unmeshed = { ...podOf('tool', 'tool-1', '10.1.0.9'), spec: { containers: [] } } as PolicyObject;
    const bare = changed([namespace(), unmeshed, denying], { writes: [egress('all', 'Allow')] });
    expect(caused(egressOpened, bare)).toEqual([]);
  });

  test('is told once of all namespaces that the global network decides for', () => {
    const cart = podOf('cart', 'cart-1', '10.1.0.21');
    const elsewhere = { ...cart, metadata: { ...cart.metadata, namespace: 'books' } };
    const global = egress('global', 'Deny', undefined, 'linkerd-egress');
    const [one, ...others] = told([elsewhere, global], [egress('global', 'Allow', undefined, 'linkerd-egress')]);
    expect([one, others]).toEqual([expect.stringContaining('medium: namespaces books, shop may call'), []]);
    const own = egress('own', 'Deny', undefined, 'books');
    const [shop] = told([elsewhere, own, global], [egress('global', 'Allow', undefined, 'linkerd-egress')]);
    expect(shop).toContain('medium: namespace shop may call');
  });
});

describe('a route through a network that denies', () => {
  test('lets out what it takes, to the host it names', () => {
    const route = routeTo('HTTPRoute', { hostnames: ['api.example'], rules: [{ matches: [{ method: 'GET' }] }] });
    expect(told([denying], [route])).toEqual([
      'low: namespace shop may call anywhere outside the cluster on port 443 (GET /… at api.example), which EgressNetwork shop/all denied: HTTPRoute shop/out takes it through EgressNetwork shop/all',
    ]);
    expect(openedEgress(judged([denying], [route]))).toMatchObject([{ to: 'api.example', port: 443 }]);
  });

  test('lets out any request where it names none, TLS by name, or all that a port has', () => {
    expect(told([denying], [routeTo('HTTPRoute', {})])[0]).toContain('on port 443 (any HTTP request), which');
    const tls = routeTo('TLSRoute', { hostnames: ['db.example'] });
    expect(told([denying], [tls])[0]).toContain('on port 443 (TLS to db.example), which');
    expect(told([denying], [routeTo('TCPRoute', {})])[0]).toMatch(/^medium: .* on port 443, which/);
  });

  test('is no way out without a port, or where everything passed before', () => {
    const { parentRefs: _, ...spec } = routeTo('HTTPRoute', {}).spec as { parentRefs: unknown };
    const portless = { parentRefs: [{ group: 'policy.linkerd.io', kind: 'EgressNetwork', name: 'all' }], ...spec };
    expect(told([denying], [{ ...routeTo('HTTPRoute', {}), spec: portless }])).toEqual([]);
    expect(told([egress('all', 'Allow')], [routeTo('HTTPRoute', {})])).toEqual([]);
  });

  test('that another request already took adds the new one only', () => {
    const route = (...hostnames: string[]) => routeTo('HTTPRoute', { hostnames });
    expect(openedEgress(judged([denying, route('a.example')], [route('a.example', 'b.example')]))).toMatchObject([
      { to: 'b.example' },
    ]);
  });
});
