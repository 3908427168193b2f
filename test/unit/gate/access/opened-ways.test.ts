import { describe, expect, test } from 'vitest';
import { openedWays, waysOpened } from '../../../../shared/gate/access/opened-ways.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import {
  admits,
  identities,
  identityOf,
  meshTls,
  namespace,
  network,
  networks,
  policyObject,
  route,
  server,
  theRoute,
  theServer,
  webPod,
} from '../../linkerd/policy/objects.ts';
import { changed } from './small-mesh.ts';

const http = server('web-http');
const admitsFriends = admits('web-admits', theServer('web-http'), meshTls('friends'));
const friends = (...names: string[]) => identities('friends', ...names);
const guarded = [namespace(), webPod(), http, admitsFriends];

type Change = { before: readonly PolicyObject[]; writes?: readonly PolicyObject[]; deletes?: readonly PolicyObject[] };

/** Who gains which port of shop/web, as `who port`. */
function opened({ before, writes = [], deletes = [] }: Change): string[] {
  return openedWays(changed(before, { writes, deletes })).map(({ who, port }) => `${who} ${port}`);
}

/** Both ways over one authentication's list of identities. */
function between(few: readonly string[], many: readonly string[]) {
  return {
    gained: opened({ before: [...guarded, friends(...few)], writes: [friends(...many)] }),
    lost: opened({ before: [...guarded, friends(...many)], writes: [friends(...few)] }),
  };
}

const cart = identityOf('cart');
const shop = '*.shop.serviceaccount.identity.linkerd.cluster.local';
const spiffe = 'spiffe://root.linkerd.cluster.local/vm';

describe('who gains access by an edited list of identities', () => {
  test('an identity, and nobody when it is taken out again', () => {
    expect(between([identityOf('api')], [identityOf('api'), cart])).toEqual({
      gained: ['ServiceAccount shop/cart 8080'],
      lost: [],
    });
  });

  test('a whole namespace, without its accounts by name', () => {
    expect(between([identityOf('api')], [identityOf('api'), shop, cart])).toEqual({
      gained: ['namespace shop 8080'],
      lost: [],
    });
  });

  test('every meshed workload, without namespaces and names', () => {
    expect(between([cart], ['*', shop, identityOf('api')])).toEqual({
      gained: ['every meshed workload 8080'],
      lost: [],
    });
  });

  test('a SPIFFE identity beside the star, which does not match it', () => {
    expect(between([cart], ['*', spiffe]).gained).toEqual(['every meshed workload 8080', `identity ${spiffe} 8080`]);
  });

  test('nobody, where a name is added that a pattern of the list held already', () => {
    expect(between([shop], [shop, cart])).toEqual({ gained: [], lost: [] });
  });

  test('nobody, where the identity is of a ServiceAccount that does not exist', () => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'cart', namespace: 'shop' } };
    const before = [...guarded, account, friends(identityOf('api'))];
    const writes = [
      friends(identityOf('api'), cart, identityOf('cat'), 'cart.shop.serviceaccount.identity.linkerd.other'),
    ];
    expect(opened({ before, writes })).toEqual(['ServiceAccount shop/cart 8080']);
  });

  test('both workloads whose policies require the list, across namespaces', () => {
    const elsewhere = (object: PolicyObject): PolicyObject => ({
      ...object,
      metadata: { ...object.metadata, namespace: 'pay' },
    });
    const required = { ...meshTls('friends'), namespace: 'shop' };
    const pay = [webPod(), http, admits('web-admits', theServer('web-http'), required)].map(elsewhere);
    const before = [...guarded, ...pay, friends(identityOf('api'))];
    const told = openedWays(changed(before, { writes: [friends(identityOf('api'), cart)] }));
    expect(told.map(({ who, to }) => `${who} ${to}`)).toEqual([
      'ServiceAccount shop/cart shop/web',
      'ServiceAccount shop/cart pay/web',
    ]);
  });
});

describe('who gains access by other policy', () => {
  test('anybody, by a policy that requires nothing', () => {
    const loose = admits('loose', theServer('web-http'));
    expect(opened({ before: [...guarded, friends(cart)], writes: [loose] })).toEqual(['anybody 8080']);
    expect(opened({ before: [...guarded, friends(cart), loose], deletes: [loose] })).toEqual([]);
  });

  test('a network, and its part that was excepted before', () => {
    const byNetwork = admits('scrapes', theServer('web-http'), network('office'));
    const office = (...list: object[]) => networks('office', ...list);
    const before = [...guarded, friends(cart), byNetwork, office({ cidr: '192.0.2.0/25' })];
    expect(opened({ before, writes: [office({ cidr: '192.0.2.0/25' }, { cidr: '203.0.113.0/24' })] })).toEqual([
      'network 203.0.113.0/24 8080',
    ]);
    expect(opened({ before, writes: [office({ cidr: '192.0.2.0/24' })] })).toEqual(['network 192.0.2.0/24 8080']);
    const holed = [...guarded, friends(cart), byNetwork, office({ cidr: '192.0.2.0/24', except: ['192.0.2.128/25'] })];
    expect(opened({ before: holed, writes: [office({ cidr: '192.0.2.0/24' })] })).toEqual([
      'network 192.0.2.128/25 8080',
    ]);
    expect(opened({ before: holed, writes: [office({ cidr: '192.0.2.0/25' })] })).toEqual([]);
  });

  test('identities AND a network: only from there', () => {
    const both = admits('both', theServer('web-http'), meshTls('friends'), network('office'));
    const office = networks('office', { cidr: '203.0.113.0/24' });
    expect(opened({ before: [namespace(), webPod(), http, friends(cart), office], writes: [both] })).toEqual([
      'ServiceAccount shop/cart from 203.0.113.0/24 8080',
    ]);
  });

  test('anybody, where a Server is deleted under a default that admits everyone', () => {
    expect(opened({ before: [...guarded, friends(cart)], deletes: [http] })).toEqual(['anybody 8080']);
  });

  test.each([
    ['deny', []],
    ['all-authenticated', ['every meshed workload 8080']],
    ['cluster-unauthenticated', ['anybody in the cluster 8080']],
    ['all-unauthenticated', ['anybody 8080']],
    ['audit', ['anybody 8080']],
    ['nonsense', ['anybody 8080']],
  ])('by the default policy %s of the pod once its Server is gone: %j', (mode, who) => {
    const pod = webPod({ 'config.linkerd.io/default-inbound-policy': mode });
    expect(opened({ before: [namespace(), pod, http, admitsFriends, friends(cart)], deletes: [http] })).toEqual(who);
  });

  test.each([
    ['deny', 'audit', ['anybody 8080']],
    ['cluster-unauthenticated', 'all-unauthenticated', ['anybody outside the cluster 8080']],
    ['cluster-authenticated', 'all-authenticated', ['every meshed workload from outside the cluster 8080']],
    ['all-authenticated', 'cluster-unauthenticated', ['anybody in the cluster 8080']],
    ['all-unauthenticated', 'cluster-unauthenticated', []],
  ])('accessPolicy from %s to %s: %j', (from, to, who) => {
    const before = [namespace(), webPod(), server('web-http', { accessPolicy: from })];
    expect(opened({ before, writes: [server('web-http', { accessPolicy: to })] })).toEqual(who);
  });

  test('those of the younger Server, where the oldest goes; made again it is the youngest', () => {
    const younger = server('a-younger', {}, 2);
    const admitsCart = admits('younger-admits', theServer('a-younger'), meshTls('carts'));
    const before = [...guarded, friends(identityOf('api')), younger, admitsCart, identities('carts', cart)];
    expect(opened({ before, deletes: [http] })).toEqual(['ServiceAccount shop/cart 8080']);
    expect(opened({ before: before.filter((one) => one !== http), writes: [http] })).toEqual([]);
  });

  test('those of a policy that was void, once the authentication it requires is there', () => {
    expect(opened({ before: guarded, writes: [friends(cart)] })).toEqual(['ServiceAccount shop/cart 8080']);
    expect(opened({ before: [...guarded, friends(cart)], deletes: [friends(cart)] })).toEqual([]);
  });

  test('a ServerAuthorization without networks opens to the cluster only', () => {
    const open = policyObject('ServerAuthorization', 'open', {
      server: { name: 'web-http' },
      client: { unauthenticated: true },
    });
    expect(opened({ before: [...guarded, friends(cart)], writes: [open] })).toEqual(['anybody in the cluster 8080']);
  });

  test('nobody, where a policy gets another name or a new policy says the same', () => {
    const before = [...guarded, friends(cart)];
    const renamed = admits('another', theServer('web-http'), meshTls('friends'));
    expect(opened({ before, writes: [renamed], deletes: [admitsFriends] })).toEqual([]);
  });

  test('nobody by a policy for the Namespace on ports without a Server', () => {
    const pod = webPod({ 'config.linkerd.io/default-inbound-policy': 'deny' });
    const all = admits('all', { kind: 'Namespace', name: 'shop' });
    expect(opened({ before: [namespace(), pod, http], writes: [all] })).toEqual(['anybody 8080']);
  });
});

describe('who gains access by routes', () => {
  const open = route('open', 'web-http', [{ path: { type: 'PathPrefix', value: '/open' } }]);
  const admin = route('admin', 'web-http', [
    { path: { type: 'RegularExpression', value: '/admin/[a-z]+' }, method: 'POST' },
  ]);
  const onOpen = admits('open-to-all', theRoute('open'));
  const onAdmin = admits('admin-to-cart', theRoute('admin'), meshTls('carts'));
  const carts = identities('carts', cart);

  test('only for what the route takes', () => {
    const judged = changed([...guarded, friends(identityOf('api')), carts], { writes: [open, admin, onOpen, onAdmin] });
    expect(waysOpened(judged).map(({ who, requests }) => [who, ...requests])).toEqual([
      ['ServiceAccount shop/cart', 'POST /admin/[a-z]+'],
      ['anybody', '/open/…'],
    ]);
  });

  test('nobody, where a route is added that no authorization is for', () => {
    expect(opened({ before: [...guarded, friends(cart)], writes: [open] })).toEqual([]);
  });

  test('those the Server admits, for all that found no route, where the only route goes', () => {
    const before = [...guarded, friends(cart), open];
    expect(opened({ before, deletes: [open] })).toEqual(['ServiceAccount shop/cart 8080']);
  });
});
