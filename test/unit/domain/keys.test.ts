import { expect, test } from 'vitest';
import { externalKey, identityKey, namespaceOf } from '../../../shared/domain/keys.ts';

test.each([
  ['prod/shop/Deployment/web', 'shop'],
  ['prod/Namespace/shop', 'shop'],
  ['prod/Identity/web.shop.serviceaccount.identity.linkerd.cluster.local', 'shop'],
  ['prod/Identity/spiffe://root.linkerd.cluster.local/billing', undefined],
  ['prod/External/10.0.0.1', undefined],
  ['prod/ClusterRole/shop', undefined],
  ['prod/Unauthenticated', undefined],
  ['prod-2/shop/Deployment/web', undefined],
])('of %s the namespace is %s', (key, namespace) => {
  expect(namespaceOf(key, 'prod')).toBe(namespace);
});

test('a name from outside makes no key that a graph could not index', () => {
  expect(externalKey('demo', 'x'.repeat(100_000)).length).toBeLessThan(2_000);
  expect(identityKey('demo', 'y'.repeat(100_000)).length).toBeLessThan(2_000);
});
