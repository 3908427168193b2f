import { describe, expect, it } from 'vitest';
import { meshState } from '../../../../shared/linkerd/explain/mesh-state.ts';
import { clientsOf, resolveCallee, resolveEnd } from '../../../../shared/linkerd/explain/resolve-end.ts';
import { identityOf, namespace, webPod } from '../policy/objects.ts';
import { deployment, podOf } from './mesh.ts';

const state = meshState({
  objects: [
    namespace({ 'linkerd.io/inject': 'enabled' }),
    webPod(),
    deployment('cart'),
    podOf('cart', 'cart-1', '10.1.0.11'),
    podOf('cart', 'cart-2', '10.1.0.12'),
    deployment('idle'),
  ],
  source: 'the manifests',
});
const clients = (text: string) => clientsOf(resolveEnd(state, text)).map(({ client }) => client);

describe('an end of a call', () => {
  it('is a workload with all its pods, told by namespace and name, with or without its kind', () => {
    for (const text of ['shop/cart', 'shop/deployment/cart', 'shop/deploy/cart', `identity:${identityOf('cart')}`]) {
      expect(clients(text).map(({ name, address }) => [name, address])).toEqual([
        ['cart-1', '10.1.0.11'],
        ['cart-2', '10.1.0.12'],
      ]);
    }
  });

  it('is one pod by its name or address', () => {
    for (const text of ['shop/pod/cart-2', 'shop/cart-2', 'ip:10.1.0.12']) {
      expect(clients(text)).toMatchObject([{ name: 'cart-2', meshed: true, identity: identityOf('cart') }]);
    }
  });

  it('is what the template would make, where nothing runs', () => {
    expect(clients('shop/idle')).toMatchObject([{ name: 'idle', meshed: true, identity: identityOf('idle') }]);
  });

  it('is a caller without mesh, by that word or by an address that is no pod’s', () => {
    expect(clients('unmeshed')).toEqual([{ meshed: false }]);
    expect(clients('ip:203.0.113.7')).toEqual([{ meshed: false, address: '203.0.113.7' }]);
  });

  it.each([
    ['shop/crat', 'the manifests knows no workload or pod "shop/crat"; did you mean shop/cart?'],
    ['identity:crat.shop.serviceaccount.identity.linkerd.cluster.local', `did you mean ${identityOf('cart')}?`],
    ['identity:nobody', 'no workload of the manifests carries the identity "nobody"'],
    ['ip:10.1.0', '"10.1.0" is no IP address'],
    ['cart', '"cart" names no end of a call'],
  ])('that is not known is refused with what was meant: %s', (text, message) => {
    expect(() => resolveEnd(state, text)).toThrow(message);
  });

  it('without mesh is never the called one', () => {
    expect(() => resolveCallee(state, 'unmeshed')).toThrow('"unmeshed" can only call');
  });
});
