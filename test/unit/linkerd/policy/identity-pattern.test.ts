import { describe, expect, it } from 'vitest';
import { invalidIdentity, matchesIdentity } from '../../../../shared/linkerd/policy/identity-pattern.ts';

const WEB = 'web.shop.serviceaccount.identity.linkerd.cluster.local';

describe('identity patterns', () => {
  it.each([
    ['*', WEB, true],
    ['*.cluster.local', WEB, true],
    ['*.shop.serviceaccount.identity.linkerd.cluster.local', WEB, true],
    [WEB, WEB, true],
    ['*.web.shop.serviceaccount.identity.linkerd.cluster.local', WEB, false],
    ['web', WEB, false],
    ['*cluster.local', WEB, false],
    ['web.*.serviceaccount.identity.linkerd.cluster.local', WEB, false],
    ['*', 'spiffe://root/web', false],
    ['spiffe://root/web', 'spiffe://root/web', true],
  ])('%s admits %s: %s', (pattern, identity, expected) => {
    expect(matchesIdentity(pattern, identity)).toBe(expected);
  });

  it.each(['*', '*.a.b', 'a.b', 'spiffe://root/a/b', 'spiffe://root'])('%s may be listed', (identity) => {
    expect(invalidIdentity(identity)).toBeUndefined();
  });

  it.each([
    '',
    '*foo',
    'foo.*.bar',
    'A.b',
    'a_b',
    'a.b.',
    'spiffe://ROOT/a',
    'spiffe://root/a b',
    'spiffe://root/../a',
  ])('%j may not be listed', (identity) => {
    expect(invalidIdentity(identity)).toMatch(/expected|no/);
  });
});
