import { describe, expect, it } from 'vitest';
import { authorize } from '../../../../shared/linkerd/policy/authorize.ts';
import type { Call } from '../../../../shared/linkerd/policy/call.ts';
import { indexPolicies } from '../../../../shared/linkerd/policy/index-policies.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import {
  admits,
  identities,
  identityOf,
  meshTls,
  NAMESPACE,
  network,
  networks,
  policyObject,
  route,
  server,
  theRoute,
  theServer,
  webPod,
} from './objects.ts';

/** The examples worked in Linkerd's own tests (linkerd2, policy-test/tests; numbers are those of the reference, 3.7). */
const INJECTED = { address: '10.1.0.1', meshed: true, identity: identityOf('curl') };
const UNINJECTED = { address: '10.1.0.2', meshed: false };

function status(objects: readonly PolicyObject[], client: Call['client'], more: Partial<Call> = {}) {
  const call = { port: 8080, protocol: 'http', method: 'GET', path: '/', host: 'web', headers: {}, ...more } as const;
  const policies = indexPolicies([webPod(), ...objects]);
  const { verdict, status: refused } = authorize(policies, {
    ...call,
    client,
    server: { namespace: NAMESPACE, name: 'web' },
  });
  return refused ?? verdict;
}

const everyone = identities('all-mtls', '*');
const theNamespace = { group: '', kind: 'Namespace', name: NAMESPACE };

describe('the worked examples of Linkerd', () => {
  it('1: a MeshTLSAuthentication of * admits the injected only', () => {
    const objects = [server('web'), everyone, admits('ap', theServer('web'), meshTls('all-mtls'))];
    expect([status(objects, INJECTED), status(objects, UNINJECTED)]).toEqual(['allowed', 403]);
  });

  const routes = [
    server('web'),
    everyone,
    route('root', 'web', [{ path: { type: 'Exact', value: '/' } }]),
    route('roux', 'web', [{ path: { type: 'Exact', value: '/roux' } }]),
    admits('ap', theRoute('root'), meshTls('all-mtls')),
  ];

  it('2: a route of its own policy; one without any denies, what no route takes is not found', () => {
    expect(status(routes, INJECTED)).toBe('allowed');
    expect(status(routes, UNINJECTED)).toBe(403);
    expect(status(routes, INJECTED, { path: '/roux' })).toBe(403);
    expect(status(routes, INJECTED, { path: '/noroute' })).toBe(404);
  });

  it('3: the authorizations of the Server are added to those of the route', () => {
    const more = admits('server', theServer('web'), meshTls('all-mtls'));
    expect(status([...routes, more], INJECTED, { path: '/roux' })).toBe('allowed');
  });

  it('4: a policy on the Namespace guards every Server in it', () => {
    const objects = [server('web'), everyone, admits('ap', theNamespace, meshTls('all-mtls'))];
    expect([status(objects, INJECTED), status(objects, UNINJECTED)]).toEqual(['allowed', 403]);
  });

  it('5: the identities of a Namespace', () => {
    const refs = { identityRefs: [{ kind: 'Namespace', name: NAMESPACE }] };
    const authentication = policyObject('MeshTLSAuthentication', 'ns', refs);
    const objects = [server('web'), authentication, admits('ap', theServer('web'), meshTls('ns'))];
    expect([status(objects, INJECTED), status(objects, UNINJECTED)]).toEqual(['allowed', 403]);
    expect(status(objects, { ...INJECTED, identity: identityOf('curl', 'elsewhere') })).toBe(403);
  });

  const OTHER = { ...INJECTED, address: '10.1.0.7' };
  const PLAIN_OTHER = { ...UNINJECTED, address: '10.1.0.8' };
  const blessed = networks('blessed', { cidr: '10.1.0.1' }, { cidr: '10.1.0.2' });

  it('6: a NetworkAuthentication admits by address', () => {
    const objects = [server('web'), blessed, admits('ap', theServer('web'), network('blessed'))];
    expect([status(objects, INJECTED), status(objects, OTHER)]).toEqual(['allowed', 403]);
  });

  it('7: both in one policy: AND', () => {
    const both = admits('ap', theServer('web'), network('blessed'), meshTls('all-mtls'));
    const objects = [server('web'), blessed, everyone, both];
    const found = [INJECTED, UNINJECTED, OTHER, PLAIN_OTHER].map((client) => status(objects, client));
    expect(found).toEqual(['allowed', 403, 403, 403]);
  });

  it('8: one in each of two policies: OR', () => {
    const two = [
      admits('one', theServer('web'), network('blessed')),
      admits('two', theServer('web'), meshTls('all-mtls')),
    ];
    const objects = [server('web'), blessed, everyone, ...two];
    const found = [INJECTED, UNINJECTED, OTHER, PLAIN_OTHER].map((client) => status(objects, client));
    expect(found).toEqual(['allowed', 'allowed', 'allowed', 403]);
  });

  it('9: no requirement at all admits anyone', () => {
    expect(status([server('web'), admits('ap', theServer('web'))], UNINJECTED)).toBe('allowed');
  });

  it('10: a Server alone denies all; accessPolicy audit lets pass and says so', () => {
    expect(status([server('web')], INJECTED)).toBe(403);
    expect(status([server('web', { accessPolicy: 'audit' })], UNINJECTED)).toBe('audited');
  });

  it('12: the older of two Servers on a port, and the younger when that is gone', () => {
    const [old, young] = [server('old', { accessPolicy: 'all-unauthenticated' }, 1), server('young', {}, 2)];
    expect([status([young, old], UNINJECTED), status([young], UNINJECTED)]).toEqual(['allowed', 403]);
  });

  it('14: ServerAuthorizations admit from clusterNetworks only where they name none', () => {
    const open = { server: { name: 'web' }, client: { unauthenticated: true } };
    const objects = [server('web'), policyObject('ServerAuthorization', 'open', open)];
    expect(status(objects, UNINJECTED)).toBe('allowed');
    expect(status(objects, { address: '203.0.113.9', meshed: false })).toBe(403);
  });

  it('15: a pattern never admits a SPIFFE identity', () => {
    const objects = [
      server('web'),
      identities('m', '*.some-workload-1', '*'),
      admits('ap', theServer('web'), meshTls('m')),
    ];
    const client = { ...INJECTED, identity: 'spiffe://some-root/some-workload-1' };
    expect(status(objects, client)).toBe(403);
    expect(
      status([...objects, identities('s', client.identity), admits('sp', theServer('web'), meshTls('s'))], client),
    ).toBe('allowed');
  });

  it('16: kubelets probe a denied port, with GET and on the path of the probe only', () => {
    expect(status([server('web')], UNINJECTED, { path: '/ready?full=1' })).toBe('allowed');
    expect(status([server('web')], UNINJECTED, { path: '/ready', method: 'HEAD' })).toBe(403);
    expect(status([server('web')], UNINJECTED, { path: '/ready/' })).toBe(403);
  });

  it('17: rate limits by identity, with an override for one account', () => {
    const limits = {
      targetRef: theServer('web'),
      identity: { requestsPerSecond: 5 },
      overrides: [{ requestsPerSecond: 10, clientRefs: [{ kind: 'ServiceAccount', name: 'curl' }] }],
    };
    const open = server('web', { accessPolicy: 'all-unauthenticated' });
    const objects = [open, policyObject('HTTPLocalRateLimitPolicy', 'rl', limits)];
    const at = (client: Call['client'], requestsPerSecond: number) => status(objects, client, { requestsPerSecond });
    expect([at(INJECTED, 8), at(INJECTED, 20), at(UNINJECTED, 4), at(UNINJECTED, 8)]).toEqual([
      'allowed',
      429,
      'allowed',
      429,
    ]);
  });
});
