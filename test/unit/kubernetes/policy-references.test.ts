import { describe, expect, test } from 'vitest';
import { clusterOf, namespace, object } from '../../cluster-of.ts';
import { edges, readRecorded } from '../../read-recorded.ts';

const group = 'policy.linkerd.io';
const values = { 'linkerd-config': { values: 'identityTrustDomain: mesh.example\n' } };

describe('an AuthorizationPolicy', () => {
  test('targets what is in its own namespace, and the route of the group it names', async () => {
    const route = object('r');
    const targets = (name: string, targetRef: object) => object(name, { targetRef, requiredAuthenticationRefs: [] });
    const observation = await readRecorded(
      clusterOf({
        namespaces: [namespace('shop'), namespace('elsewhere')],
        'servers.policy.linkerd.io': [object('s')],
        'httproutes.policy.linkerd.io': [route],
        'httproutes.gateway.networking.k8s.io': [route],
        'grpcroutes.gateway.networking.k8s.io': [route],
        'authorizationpolicies.policy.linkerd.io': [
          targets('a', { group, kind: 'Server', name: 's' }),
          targets('b', { group, kind: 'HTTPRoute', name: 'r' }),
          targets('c', { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'r' }),
          targets('d', { kind: 'Namespace', name: 'elsewhere' }),
          targets('e', { group, kind: 'Server', name: 'not-there' }),
          targets('f', { group: 'other.io', kind: 'Server', name: 's' }),
          targets('g', { group: 'gateway.networking.k8s.io', kind: 'GRPCRoute', name: 'r' }),
        ],
      }),
    );
    expect(edges(observation, 'TARGETS')).toEqual([
      'c/shop/AuthorizationPolicy/a -> c/shop/Server/s',
      'c/shop/AuthorizationPolicy/b -> c/shop/HTTPRoute.policy.linkerd.io/r',
      'c/shop/AuthorizationPolicy/c -> c/shop/HTTPRoute.gateway.networking.k8s.io/r',
      'c/shop/AuthorizationPolicy/d -> c/Namespace/shop',
      'c/shop/AuthorizationPolicy/g -> c/shop/GRPCRoute.gateway.networking.k8s.io/r',
    ]);
  });

  test('requires authentications of other namespaces too, and ServiceAccounts', async () => {
    const requiredAuthenticationRefs = [
      { group, kind: 'MeshTLSAuthentication', name: 'm' },
      { group, kind: 'NetworkAuthentication', name: 'n', namespace: 'infra' },
      { kind: 'ServiceAccount', name: 'web' },
    ];
    const observation = await readRecorded(
      clusterOf({
        serviceaccounts: [object('web')],
        'meshtlsauthentications.policy.linkerd.io': [object('m')],
        'networkauthentications.policy.linkerd.io': [{ metadata: { namespace: 'infra', name: 'n' } }],
        'authorizationpolicies.policy.linkerd.io': [object('a', { requiredAuthenticationRefs })],
      }),
    );
    expect(edges(observation, 'REQUIRES')).toEqual([
      'c/shop/AuthorizationPolicy/a -> c/infra/NetworkAuthentication/n',
      'c/shop/AuthorizationPolicy/a -> c/shop/MeshTLSAuthentication/m',
      'c/shop/AuthorizationPolicy/a -> c/shop/ServiceAccount/web',
    ]);
  });
});

describe('an authentication', () => {
  test('admits the identities and objects it names, patterns aside', async () => {
    const identities = ['*', '*.shop.serviceaccount.identity.linkerd.mesh.example', identityOf('web')];
    const observation = await readRecorded(
      clusterOf(
        {
          namespaces: [namespace('shop')],
          serviceaccounts: [object('web'), object('db')],
          'meshtlsauthentications.policy.linkerd.io': [
            object('by-name', { identities }),
            object('by-ref', {
              identityRefs: [
                { kind: 'ServiceAccount', name: 'db' },
                { kind: 'Namespace', name: 'shop' },
              ],
            }),
          ],
        },
        values,
      ),
    );
    expect(edges(observation, 'ADMITS')).toEqual([
      `c/shop/MeshTLSAuthentication/by-name -> c/Identity/${identityOf('web')}`,
      'c/shop/MeshTLSAuthentication/by-ref -> c/Namespace/shop',
      'c/shop/MeshTLSAuthentication/by-ref -> c/shop/ServiceAccount/db',
    ]);
  });
});

describe('a ServerAuthorization', () => {
  test('targets Servers by name or by label, in its own namespace only', async () => {
    const matchExpressions = [{ key: 'tier', operator: 'In', values: ['edge'] }];
    const observation = await readRecorded(
      clusterOf(
        {
          serviceaccounts: [object('web')],
          'servers.policy.linkerd.io': [
            object('named'),
            object('labelled', {}, [], { tier: 'edge' }),
            { metadata: { namespace: 'infra', name: 'named', labels: { tier: 'edge' } } },
          ],
          'serverauthorizations.policy.linkerd.io': [
            object('a', { server: { name: 'named' }, client: { meshTLS: { serviceAccounts: [{ name: 'web' }] } } }),
            object('b', { server: { selector: { matchExpressions } }, client: { unauthenticated: true } }),
          ],
        },
        values,
      ),
    );
    expect(edges(observation, 'TARGETS')).toEqual([
      'c/shop/ServerAuthorization/a -> c/shop/Server/named',
      'c/shop/ServerAuthorization/b -> c/shop/Server/labelled',
    ]);
    expect(edges(observation, 'ADMITS')).toEqual(['c/shop/ServerAuthorization/a -> c/shop/ServiceAccount/web']);
  });
});

function identityOf(account: string): string {
  return `${account}.shop.serviceaccount.identity.linkerd.mesh.example`;
}
