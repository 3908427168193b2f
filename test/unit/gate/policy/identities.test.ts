import { describe, expect, test } from 'vitest';
import { unknownIdentity } from '../../../../shared/gate/rules/policy/unknown-identity.ts';
import { wrongTrustDomain } from '../../../../shared/gate/rules/policy/wrong-trust-domain.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/linkerd/policy/mesh-settings.ts';
import { judgeRule } from '../judge-rule.ts';
import { account, authorizationPolicy, meshTls, namespace, ref, serverAuthorization } from '../small-objects.ts';

const of = (...identities: string[]) => meshTls('clients', `{identities: [${identities.map((one) => `'${one}'`)}]}`);
const WEB = 'web.shop.serviceaccount.identity.linkerd.cluster.local';
const accounts = namespace('shop') + account('web') + account('api') + account('books/traffic');
const vm = `---\napiVersion: workload.linkerd.io/v1beta1\nkind: ExternalWorkload\nmetadata: {name: vm, namespace: shop}\nspec: {meshTLS: {identity: 'spiffe://root.linkerd.cluster.local/vm', serverName: vm}}\n`;
const link = (gateway: string) =>
  `---\napiVersion: multicluster.linkerd.io/v1alpha3\nkind: Link\nmetadata: {name: east, namespace: linkerd-multicluster}\nspec: {gatewayIdentity: ${gateway}}\n`;
const GATEWAY = 'linkerd-gateway.linkerd-multicluster.serviceaccount.identity.linkerd';
const unknown = (apply: string, before = accounts) => judgeRule(unknownIdentity, { before, apply }).caused;
const wrong = (apply: string, before = accounts) => judgeRule(wrongTrustDomain, { before, apply }).caused;

describe('unknown-identity', () => {
  test('tells an identity of no ServiceAccount, at its line, with the one that was likely meant', () => {
    expect(unknown(of(WEB, WEB.replace('web', 'wbe')))).toEqual([
      {
        severity: 'medium',
        at: 'MeshTLSAuthentication.policy.linkerd.io/shop/clients spec.identities[1]',
        message: `MeshTLSAuthentication shop/clients names ${WEB.replace('web', 'wbe')}, but there is no ServiceAccount shop/wbe, so nobody is admitted by it; did you mean ${WEB}?`,
      },
    ]);
  });

  test.each([
    WEB,
    '*',
    '*.cluster.local',
    '*.shop.serviceaccount.identity.linkerd.cluster.local',
    '*.serviceaccount.identity.linkerd.cluster.local',
    'default.shop.serviceaccount.identity.linkerd.cluster.local',
  ])('has nothing to say of %s', (identity) => {
    expect(unknown(of(identity))).toEqual([]);
  });

  test.each([
    ['*.shpo.serviceaccount.identity.linkerd.cluster.local', 'there is no namespace shpo'],
    ['*.example.com', 'it is not an identity of a ServiceAccount or ExternalWorkload'],
    ['web.shop.svc.cluster.local', 'it is not an identity of a ServiceAccount or ExternalWorkload'],
  ])('tells that nobody carries %s', (identity, why) => {
    expect(unknown(of(identity)).map(({ message }) => message)).toEqual([expect.stringContaining(why)]);
  });

  test.each([
    ['identityRefs', meshTls('c', '{identityRefs: [{kind: ServiceAccount, name: wbe}]}'), 'spec.identityRefs[0]'],
    ['a Namespace', meshTls('c', '{identityRefs: [{kind: Namespace, name: shpo}]}'), 'spec.identityRefs[0]'],
    [
      'a policy',
      authorizationPolicy('p', ref('Server', 'web'), '[{kind: ServiceAccount, name: wbe}]'),
      'spec.requiredAuthenticationRefs[0]',
    ],
    [
      'a ServerAuthorization',
      serverAuthorization('s', '{server: {name: web}, client: {meshTLS: {serviceAccounts: [{name: wbe}]}}}'),
      'spec.client.meshTLS.serviceAccounts[0]',
    ],
    [
      'an override of a rate limit',
      `apiVersion: policy.linkerd.io/v1alpha1\nkind: HTTPLocalRateLimitPolicy\nmetadata: {name: l}\nspec: {targetRef: ${ref('Server', 'web')}, overrides: [{requestsPerSecond: 5, clientRefs: [{kind: ServiceAccount, name: wbe}]}]}`,
      'spec.overrides[0].clientRefs[0]',
    ],
  ])('looks at %s too', (_, apply, field) => {
    expect(unknown(apply).map(({ at }) => at.split(' ')[1])).toEqual([field]);
  });

  test('counts as caused when the ServiceAccount is deleted', () => {
    const given = { before: namespace('shop') + account('api') + of(WEB), remove: account('web') };
    const [found] = judgeRule(unknownIdentity, given).caused;
    expect(found?.message).toContain('there is no ServiceAccount shop/web (the change deletes it)');
  });

  test('knows nothing where ServiceAccounts were not read', () => {
    const apply = of(WEB.replace('web', 'wbe'));
    expect(unknown(apply, namespace('shop'))).toEqual([]);
    const baseline = { unread: ['serviceaccounts'] };
    expect(judgeRule(unknownIdentity, { before: accounts, apply, baseline }).caused).toHaveLength(0);
  });

  test('takes SPIFFE ids for known that an ExternalWorkload has', () => {
    const spiffe = (path: string) => of(`spiffe://root.linkerd.cluster.local/${path}`);
    expect(unknown(spiffe('vm'), accounts + vm)).toEqual([]);
    expect(unknown(spiffe('mv'), accounts + vm)[0]?.message).toContain('no ExternalWorkload has it');
  });

  test('is low where a linked cluster makes identities with the same end', () => {
    const [found] = unknown(of(WEB.replace('web', 'wbe')), accounts + link(`${GATEWAY}.cluster.local`));
    expect(found?.severity).toBe('low');
    expect(found?.message).toContain('unless a linked cluster has it');
  });
});

describe('wrong-trust-domain', () => {
  const ABROAD = 'web.shop.serviceaccount.identity.linkerd.east.example.com';

  test('tells an identity with another end, and what it would be here', () => {
    expect(wrong(of(ABROAD))).toEqual([
      {
        severity: 'high',
        at: 'MeshTLSAuthentication.policy.linkerd.io/shop/clients spec.identities[0]',
        message: `MeshTLSAuthentication shop/clients admits ${ABROAD}, which nobody carries here: the control plane namespace and trust domain of this mesh is linkerd.cluster.local; did you mean ${WEB}?`,
      },
    ]);
    expect(unknown(of(ABROAD))).toEqual([]);
  });

  test.each([WEB, '*', '*.cluster.local', '*.example.com'])('has nothing to say of %s', (identity) => {
    expect(wrong(of(identity))).toEqual([]);
  });

  test('minds the namespace of the control plane, and goes by the settings of this mesh', () => {
    expect(wrong(of(WEB.replace('identity.linkerd', 'identity.mesh')))).toHaveLength(1);
    const settings = { ...DEFAULT_SETTINGS, trustDomain: 'east.example.com' };
    expect(judgeRule(wrongTrustDomain, { apply: of(ABROAD), baseline: { settings } }).caused).toEqual([]);
  });

  test('leaves identities of linked clusters alone', () => {
    const before = accounts + link(`${GATEWAY}.east.example.com`);
    expect([wrong(of(ABROAD), before), unknown(of(ABROAD), before)]).toEqual([[], []]);
  });

  test('judges a SPIFFE id by the trust domain of the ExternalWorkloads', () => {
    const foreign = of('spiffe://root.linkerd.east/vm');
    expect(wrong(of('spiffe://root.linkerd.cluster.local/other'), accounts + vm)).toEqual([]);
    expect(wrong(foreign, accounts + vm)[0]?.message).toContain('did you mean spiffe://root.linkerd.cluster.local/vm?');
    expect(unknown(foreign, accounts + vm)).toEqual([]);
  });
});
