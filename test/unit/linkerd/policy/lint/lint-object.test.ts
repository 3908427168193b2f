import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintObject } from '../../../../../shared/linkerd/policy/lint/lint-object.ts';
import { admits, networks, policyObject, route, server, theServer } from '../objects.ts';

const messages = (...found: ReturnType<typeof lintObject>) =>
  found.map(({ severity, field, message }) => `${severity} ${field}: ${message}`);

describe('the words of lintObject', () => {
  it('say what was expected, what came, and what was likely meant', () => {
    const target = { group: '', kind: 'Server', name: 'web' };
    expect(messages(...lintObject(admits('ap', target)))).toEqual([
      'error spec.targetRef: expected Server.policy.linkerd.io, Namespace, HTTPRoute.policy.linkerd.io, ' +
        'HTTPRoute.gateway.networking.k8s.io, GRPCRoute.gateway.networking.k8s.io, got Server; did you mean Server.policy.linkerd.io?',
    ]);
    expect(messages(...lintObject(server('web', { proxyProtocol: 'http/1' })))).toEqual([
      'error spec.proxyProtocol: expected unknown, HTTP/1, HTTP/2, gRPC, opaque, TLS, got http/1; did you mean HTTP/1?',
    ]);
  });

  it('point at the one entry of a list that is wrong', () => {
    const list = networks(
      'n',
      { cidr: '10.0.0.0/8' },
      { cidr: '10.0.0.0/16', except: ['10.0.1.0/24', '192.168.0.0/16'] },
    );
    expect(messages(...lintObject(list))).toEqual([
      'error spec.networks[1].except[1]: exception 192.168.0.0/16 is not inside 10.0.0.0/16',
    ]);
  });

  it('warn of a parentRef with a port, which Linkerd accepts and then ignores', () => {
    const withPort = policyObject('HTTPRoute', 'r', { parentRefs: [{ ...theServer('web'), port: 8080 }], rules: [{}] });
    expect(messages(...lintObject(withPort))[0]).toContain('warning spec.parentRefs[0].port');
  });

  it('tell annotations that YAML reads as numbers', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', annotations: { 'config.linkerd.io/opaque-ports': 3306 as never } },
    };
    expect(messages(...lintObject(pod))).toEqual([
      'error metadata.annotations[config.linkerd.io/opaque-ports]: expected a string, got 3306: put it in quotes',
    ]);
  });

  it('have nothing to say of what is well', () => {
    const well = [
      server('web'),
      admits('ap', theServer('web')),
      networks('n', { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }),
      route('r', 'web', [{ path: { type: 'Exact', value: '/' } }]),
    ];
    expect(well.flatMap((object) => lintObject(object))).toEqual([]);
  });
});

it('takes any JSON for a spec without failing itself', () => {
  const kinds = [
    'Server',
    'AuthorizationPolicy',
    'MeshTLSAuthentication',
    'NetworkAuthentication',
    'ServerAuthorization',
    'HTTPRoute',
    'GRPCRoute',
    'EgressNetwork',
    'HTTPLocalRateLimitPolicy',
  ];
  const fields = [
    'identities',
    'identityRefs',
    'networks',
    'rules',
    'parentRefs',
    'port',
    'server',
    'client',
    'total',
    'overrides',
    'podSelector',
    'targetRef',
    'requiredAuthenticationRefs',
    'hostnames',
  ];
  const specs = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.oneof(specs, fc.jsonValue()), (kind, spec) => {
      expect(Array.isArray(lintObject(policyObject(kind, 'x', spec as object)))).toBe(true);
    }),
    { numRuns: 500 },
  );
});
