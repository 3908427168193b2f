import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../../../shared/linkerd/policy/authorize.ts';
import type { Call } from '../../../../shared/linkerd/policy/call.ts';
import { MODES } from '../../../../shared/linkerd/policy/default-policy.ts';
import { indexPolicies } from '../../../../shared/linkerd/policy/index-policies.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import type { Verdict } from '../../../../shared/linkerd/policy/verdict.ts';
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

const NAMES = ['p', 'q', 'r'];
const name = fc.constantFrom(...NAMES);
const second = fc.integer({ min: 1, max: 3 });
const path = fc.constantFrom('/', '/api', '/api/x', '/ready');

const servers = fc
  .record({
    name,
    second,
    port: fc.constantFrom('http', 'tcp', 8080, 'none'),
    proxyProtocol: fc.constantFrom('unknown', 'HTTP/1', 'HTTP/2', 'gRPC', 'opaque', 'TLS'),
    accessPolicy: fc.constantFrom(...MODES),
    app: fc.constantFrom('web', 'other'),
  })
  .map(({ app, name: own, second: at, ...spec }) =>
    server(own, { ...spec, podSelector: { matchLabels: { app } } }, at),
  );

const pattern = fc.constantFrom(
  '*',
  identityOf('a'),
  identityOf('b'),
  `*.${NAMESPACE}.serviceaccount.identity.linkerd.cluster.local`,
);
const cidr = fc.constantFrom('0.0.0.0/0', '10.1.0.0/16', '10.1.0.1', '192.168.0.0/16');

const authentications = fc.oneof(
  fc.tuple(name, pattern).map(([own, identity]) => identities(own, identity)),
  fc.tuple(name, cidr).map(([own, block]) => networks(own, { cidr: block })),
);

const target = fc.oneof(
  name.map(theServer),
  name.map(theRoute),
  fc.constant({ group: '', kind: 'Namespace', name: NAMESPACE }),
);
const required = fc.constantFrom([], [meshTls('p')], [network('q')], [meshTls('r'), network('p')]);

const authorizations = fc.oneof(
  fc.tuple(name, target, required).map(([own, to, refs]) => admits(own, to, ...refs)),
  fc
    .tuple(name, name, fc.constantFrom({ unauthenticated: true }, { meshTLS: { identities: [identityOf('a')] } }))
    .map(([own, to, client]) => policyObject('ServerAuthorization', own, { server: { name: to }, client })),
);

const routes = fc
  .tuple(name, name, path, fc.constantFrom('Exact', 'PathPrefix'), second)
  .map(([own, parent, value, type, at]) => route(own, parent, [{ path: { type, value } }], at));

/** As a namespace can hold them: one object of a kind and name. */
const policySet = fc
  .array(fc.oneof(servers, authentications, authorizations, routes), { maxLength: 14 })
  .map((objects) => [...new Map(objects.map((one) => [`${one.kind}/${one.metadata.name}`, one])).values()]);

const client = fc.constantFrom<Call['client']>(
  { address: '10.1.0.1', meshed: true, identity: identityOf('a') },
  { address: '10.2.0.2', meshed: true, identity: identityOf('b', 'other') },
  { address: '10.1.0.3', meshed: false },
  { address: '8.8.8.8', meshed: false },
);
const calls = fc
  .record({
    client,
    port: fc.constantFrom(8080, 9000),
    protocol: fc.constantFrom('http', 'http2', 'grpc', 'tcp', 'tls'),
    method: fc.constantFrom('GET', 'POST'),
    path,
  })
  .map((call): Call => ({ ...call, host: 'web', headers: {}, server: { namespace: NAMESPACE, name: 'web' } }));

const judge = (objects: readonly PolicyObject[], call: Call): Verdict =>
  authorize(indexPolicies([webPod({ 'config.linkerd.io/default-inbound-policy': 'deny' }), ...objects]), call);

const passes = ({ verdict }: Verdict): boolean => verdict === 'allowed' || verdict === 'audited';
const outcome = ({ verdict, status, server: chosen }: Verdict) => ({ verdict, status, server: chosen?.name });
const isAuthorization = ({ kind }: PolicyObject): boolean => kind.endsWith('Authorization') || kind.endsWith('Policy');

describe('authorize over generated policy sets', () => {
  it('never denies more for one authorization more', () => {
    fc.assert(
      fc.property(policySet, authorizations, calls, (objects, more, call) => {
        const others = objects.filter((one) => one.kind !== more.kind || one.metadata.name !== more.metadata.name);
        fc.pre(passes(judge(others, call)));
        expect(passes(judge([...others, more], call))).toBe(true);
      }),
    );
  });

  it('never allows more for one authorization less', () => {
    fc.assert(
      fc.property(policySet, calls, fc.nat(), (objects, call, pick) => {
        const all = objects.filter(isAuthorization);
        fc.pre(all.length > 0 && !passes(judge(objects, call)));
        expect(
          passes(
            judge(
              objects.filter((one) => one !== all[pick % all.length]),
              call,
            ),
          ),
        ).toBe(false);
      }),
    );
  });

  it('does not depend on the order in which objects are given', () => {
    fc.assert(
      fc.property(policySet, calls, (objects, call) => {
        expect(outcome(judge(objects.toReversed(), call))).toEqual(outcome(judge(objects, call)));
      }),
    );
  });

  it('does not depend on what authentications and authorizations are called', () => {
    fc.assert(
      fc.property(policySet, calls, (objects, call) => {
        const renamed = objects.map((one) => (nameless(one) ? rename(one) : { ...one, spec: renameRefs(one.spec) }));
        expect(outcome(judge(renamed, call))).toEqual(outcome(judge(objects, call)));
      }),
    );
  });

  it('gives a status with every refusal and none with a pass, and names what admits', () => {
    fc.assert(
      fc.property(policySet, calls, (objects, call) => {
        const verdict = judge(objects, call);
        expect(passes(verdict) ? verdict.status === null : verdict.status !== null).toBe(true);
        expect(verdict.authorizations.length > 0).toBe(passes(verdict));
        expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
      }),
    );
  });
});

describe('authorize over any JSON', () => {
  const kinds = [
    'Server',
    'AuthorizationPolicy',
    'MeshTLSAuthentication',
    'NetworkAuthentication',
    'HTTPRoute',
    'EgressNetwork',
  ];
  const fields = [
    'podSelector',
    'port',
    'targetRef',
    'requiredAuthenticationRefs',
    'identities',
    'networks',
    'parentRefs',
    'rules',
  ];
  const specs = fc.oneof(fc.dictionary(fc.constantFrom(...fields), fc.jsonValue({ maxDepth: 3 })), fc.jsonValue());
  const anything = fc
    .tuple(fc.constantFrom(...kinds), name, specs, fc.jsonValue())
    .map(([kind, own, spec, status]): PolicyObject => ({ ...policyObject(kind, own, spec as object), status }));

  it('always has a verdict', () => {
    fc.assert(
      fc.property(fc.array(anything), policySet, calls, (odd, objects, call) => {
        expect(judge([...odd, ...objects], call).reason).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });
});

const nameless = ({ kind }: PolicyObject): boolean => kind !== 'Server' && kind !== 'HTTPRoute';

const rename = (object: PolicyObject): PolicyObject => ({
  ...object,
  metadata: { ...object.metadata, name: `zz-${object.metadata.name}` },
  spec: renameRefs(object.spec),
});

function renameRefs(spec: unknown): unknown {
  const { requiredAuthenticationRefs, ...rest } = spec as { requiredAuthenticationRefs?: { name: string }[] };
  if (requiredAuthenticationRefs === undefined) return spec;
  return {
    ...rest,
    requiredAuthenticationRefs: requiredAuthenticationRefs.map((ref) => ({ ...ref, name: `zz-${ref.name}` })),
  };
}
