import { describe, expect, test } from 'vitest';
import { danglingReference } from '../../../../shared/gate/rules/policy/dangling-reference.ts';
import { policyInWrongNamespace } from '../../../../shared/gate/rules/policy/policy-in-wrong-namespace.ts';
import { judgeRule } from '../judge-rule.ts';
import {
  account,
  authorizationPolicy,
  deployment,
  meshTls,
  ref,
  route,
  server,
  serverAuthorization,
} from '../small-objects.ts';

const clients = meshTls('clients', `{identities: ['*']}`);
const needsClients = `[${ref('MeshTLSAuthentication', 'clients')}]`;
const onWeb = authorizationPolicy('on-web', ref('Server', 'web'), needsClients);
const onApi = authorizationPolicy('on-api', ref('Server', 'api'), needsClients);
const servers = server('web') + server('api');

describe('dangling-reference', () => {
  test('tells every policy that requires an authentication which is deleted', () => {
    const { caused } = judgeRule(danglingReference, { before: servers + onWeb + onApi, remove: clients });
    expect(caused).toEqual([
      {
        severity: 'high',
        at: 'AuthorizationPolicy.policy.linkerd.io/shop/on-web spec.requiredAuthenticationRefs[0].name',
        message:
          'AuthorizationPolicy shop/on-web requires MeshTLSAuthentication shop/clients, which the change deletes, so Linkerd ignores the whole policy and nobody is admitted by it',
      },
      expect.objectContaining({
        at: 'AuthorizationPolicy.policy.linkerd.io/shop/on-api spec.requiredAuthenticationRefs[0].name',
      }),
    ]);
  });

  test('has nothing to say while everything is there, and tells apart what led to nothing before', () => {
    expect(judgeRule(danglingReference, { before: clients + servers, apply: onWeb })).toEqual({
      caused: [],
      existing: [],
    });
    const { caused, existing } = judgeRule(danglingReference, { before: onWeb + clients, apply: server('db') });
    expect([caused.length, existing.map(({ at }) => at)]).toEqual([
      0,
      ['AuthorizationPolicy.policy.linkerd.io/shop/on-web spec.targetRef.name'],
    ]);
  });

  test('tells the name that was likely meant', () => {
    const typo = authorizationPolicy('on-web', ref('Server', 'wbe'), needsClients);
    const [found] = judgeRule(danglingReference, { before: clients + servers, apply: typo }).caused;
    expect(found?.message).toContain(
      'targets Server shop/wbe, which does not exist, so it does nothing; did you mean web?',
    );
  });

  test.each([
    ['a route on a Server', route('r', `[${ref('Server', 'gone')}]`), 'HTTPRoute shop/r hangs on Server shop/gone'],
    ['a route on a Service', route('r', `[{group: '', kind: Service, name: gone}]`), 'hangs on Service shop/gone'],
    [
      'a route on an EgressNetwork',
      route('r', `[${ref('EgressNetwork', 'gone', ', port: 80')}]`),
      'EgressNetwork shop/gone',
    ],
    [
      'a ServerAuthorization by name',
      serverAuthorization('s', '{server: {name: gone}, client: {}}'),
      'names Server shop/gone',
    ],
    [
      'a ServerAuthorization by labels',
      serverAuthorization('s', '{server: {selector: {matchLabels: {tier: gone}}}, client: {}}'),
      'none in shop carries tier=gone',
    ],
    [
      'a rate limit',
      `apiVersion: policy.linkerd.io/v1alpha1\nkind: HTTPLocalRateLimitPolicy\nmetadata: {name: l}\nspec: {targetRef: ${ref('Server', 'gone')}}`,
      'targets Server shop/gone',
    ],
  ])('looks at %s', (_, apply, says) => {
    const { caused } = judgeRule(danglingReference, { before: servers, apply });
    expect(caused.map(({ message }) => message)).toEqual([expect.stringContaining(says)]);
  });

  // Oracle, rt-two-parents: the other parent takes calls all the same.
  test('says of a route with other parents only that it does nothing there', () => {
    const apply = route('r', `[${ref('Server', 'web')}, ${ref('Server', 'gone')}]`);
    expect(judgeRule(danglingReference, { before: servers, apply }).caused).toMatchObject([
      {
        at: 'HTTPRoute.policy.linkerd.io/shop/r spec.parentRefs[1].name',
        message: expect.stringContaining('so it does nothing there'),
      },
    ]);
  });

  test('leaves Gateways and other kinds of parents to those who know them', () => {
    const gateway = route('r', '[{group: gateway.networking.k8s.io, kind: Gateway, name: gone}]');
    expect(judgeRule(danglingReference, { apply: gateway }).caused).toEqual([]);
  });

  test('tells a workload of the change whose ServiceAccount is not there, low', () => {
    const { caused } = judgeRule(danglingReference, { before: account('api'), apply: deployment('web', 'apo') });
    expect(caused).toEqual([
      {
        severity: 'low',
        at: 'Deployment.apps/shop/web spec.template.spec.serviceAccountName',
        message:
          'Deployment shop/web runs as ServiceAccount shop/apo, which does not exist, so no new pod of it starts; did you mean shop/api?',
      },
    ]);
  });

  test('knows nothing of ServiceAccounts where the baseline has none', () => {
    expect(judgeRule(danglingReference, { before: servers, apply: deployment('web') }).caused).toEqual([]);
  });
});

describe('policy-in-wrong-namespace', () => {
  const books = authorizationPolicy('books/on-web', ref('Server', 'web'), '[]');

  test('tells where the Server of a policy is, instead of calling it dangling', () => {
    const given = { before: servers, apply: books };
    expect(judgeRule(policyInWrongNamespace, given).caused).toEqual([
      {
        severity: 'high',
        at: 'AuthorizationPolicy.policy.linkerd.io/books/on-web spec.targetRef.name',
        message:
          'AuthorizationPolicy books/on-web targets Server books/web, but web is in namespace shop, so it does nothing: move it to namespace shop',
      },
    ]);
    expect(judgeRule(danglingReference, given).caused).toEqual([]);
  });

  test('has nothing to say of an authentication of another namespace that is named so', () => {
    const named = ref('MeshTLSAuthentication', 'clients', ', namespace: shop');
    const apply = server('books/api') + authorizationPolicy('books/on-api', ref('Server', 'api'), `[${named}]`);
    expect(judgeRule(policyInWrongNamespace, { before: clients, apply }).caused).toEqual([]);
  });

  test('asks for the namespace in the reference where that is what is missing', () => {
    const apply = server('books/api') + authorizationPolicy('books/on-api', ref('Server', 'api'), needsClients);
    const [found] = judgeRule(policyInWrongNamespace, { before: clients, apply }).caused;
    expect(found?.message).toMatch(/: write namespace: shop in the reference$/);
  });

  // Oracle 7: such a route counts for nothing, though its status says Accepted.
  test('tells a route that names a Server of another namespace', () => {
    const apply = route('r', `[${ref('Server', 'api', ', namespace: books')}]`);
    const [found] = judgeRule(policyInWrongNamespace, { before: server('books/api'), apply }).caused;
    expect(found?.message).toBe(
      'HTTPRoute shop/r hangs on Server books/api, but api is in namespace books, so it does nothing: move it to namespace books',
    );
  });
});
