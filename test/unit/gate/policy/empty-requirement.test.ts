import { expect, test } from 'vitest';
import { emptyRequirement } from '../../../../shared/gate/rules/policy/empty-requirement.ts';
import { judgeRule } from '../judge-rule.ts';
import { authorizationPolicy, meshTls, network, ref, serverAuthorization } from '../small-objects.ts';

const on = (proofs: string, name = 'open') => authorizationPolicy(name, ref('Server', 'web'), proofs);
const found = (apply: string, before = '') =>
  judgeRule(emptyRequirement, { before, apply }).caused.map(({ severity, at }) => `${severity} ${at.split('/')[2]}`);

test('a policy that requires nothing admits everyone', () => {
  expect(judgeRule(emptyRequirement, { apply: on('[]') }).caused).toEqual([
    {
      severity: 'high',
      at: 'AuthorizationPolicy.policy.linkerd.io/shop/open spec.requiredAuthenticationRefs',
      message:
        'AuthorizationPolicy shop/open: it requires nothing, so everyone may call Server web, also without mesh: require a MeshTLSAuthentication',
    },
  ]);
});

test('a policy that names callers or a network of some addresses is no such', () => {
  const callers = meshTls('callers', '{identities: [web.shop.serviceaccount.identity.linkerd.cluster.local]}');
  const proofs = `[${ref('MeshTLSAuthentication', 'callers')}]`;
  expect(found(callers + on(proofs) + network('nodes', '10.0.0.0/8'))).toEqual([]);
});

test.each(['0.0.0.0/0', '::/0'])(
  'a network of all addresses (%s) opens the policy that requires nothing else',
  (cidr) => {
    const world = ref('NetworkAuthentication', 'world');
    const both = `[${world}, ${ref('MeshTLSAuthentication', 'callers')}]`;
    expect(found(network('world', cidr) + on(`[${world}]`) + on(both, 'shut'))).toEqual([
      'high open spec.requiredAuthenticationRefs[0]',
      'low world spec.networks[0].cidr',
    ]);
  },
);

test('widening a network to all addresses is caused for the policy too', () => {
  const policy = on(`[${ref('NetworkAuthentication', 'nodes')}]`);
  expect(found(network('nodes', '0.0.0.0/0'), network('nodes', '10.0.0.0/8') + policy)).toEqual([
    'high open spec.requiredAuthenticationRefs[0]',
    'low nodes spec.networks[0].cidr',
  ]);
});

test('every identity is low: it may be meant', () => {
  expect(found(meshTls('any', `{identities: [web.shop, '*']}`))).toEqual(['low any spec.identities[1]']);
});

test.each([
  ['{unauthenticated: true}', ['medium s spec.client.unauthenticated']],
  ["{unauthenticated: true, networks: [{cidr: '0.0.0.0/0'}]}", ['high s spec.client.unauthenticated']],
  ['{meshTLS: {unauthenticatedTLS: true}}', ['low s spec.client.meshTLS.unauthenticatedTLS']],
  ['{meshTLS: {serviceAccounts: [{name: web}]}}', []],
])('a ServerAuthorization with client %s', (client, expected) => {
  expect(found(serverAuthorization('s', `{server: {name: web}, client: ${client}}`))).toEqual(expected);
});
