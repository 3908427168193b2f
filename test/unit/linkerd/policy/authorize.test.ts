import { describe, expect, it } from 'vitest';
import { authorize } from '../../../../shared/linkerd/policy/authorize.ts';
import type { Call } from '../../../../shared/linkerd/policy/call.ts';
import { indexPolicies } from '../../../../shared/linkerd/policy/index-policies.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { clientOf } from '../../../../shared/linkerd/policy/policy-set.ts';
import {
  admits,
  identities,
  identityOf,
  meshTls,
  NAMESPACE,
  namespace,
  network,
  networks,
  route,
  server,
  theRoute,
  theServer,
  webPod,
} from './objects.ts';

const CURL = { address: '10.1.0.1', meshed: true, identity: identityOf('curl') };
const PLAIN = { address: '10.1.0.2', meshed: false };

const judge = (objects: readonly PolicyObject[], client: Call['client'], more: Partial<Call> = {}) =>
  authorize(indexPolicies(objects), {
    client,
    server: { namespace: NAMESPACE, name: 'web' },
    port: 8080,
    protocol: 'http',
    ...more,
  });

describe('what a verdict tells', () => {
  it('names each clause that fails, and what was likely meant', () => {
    const typo = identities('m', identityOf('crul'));
    const { failed } = judge([webPod(), server('web'), typo, admits('ap', theServer('web'), meshTls('m'))], CURL);
    expect(failed).toEqual([
      {
        authorization: { kind: 'AuthorizationPolicy', namespace: NAMESPACE, name: 'ap' },
        clause: 'identity',
        message: `identity ${CURL.identity} is not among [${identityOf('crul')}]; the policy names crul.shop, did you mean curl.shop?`,
      },
    ]);
  });

  it('sees a wrong trust domain', () => {
    const wrong = identities('m', CURL.identity.replace('cluster.local', 'cluster.example'));
    const { failed } = judge([webPod(), server('web'), wrong, admits('ap', theServer('web'), meshTls('m'))], CURL);
    expect(failed[0]?.message).toContain('has another trust domain');
  });

  it('tells both clauses of a policy that asks for an identity and a network', () => {
    const objects = [
      webPod(),
      server('web'),
      identities('m', identityOf('other')),
      networks('n', { cidr: '10.9.0.0/16', except: ['10.9.1.0/24'] }),
      admits('ap', theServer('web'), meshTls('m'), network('n')),
    ];
    const clauses = judge(objects, PLAIN).failed.map(({ clause, message }) => `${clause}: ${message}`);
    expect(clauses).toEqual([
      `identity: the client comes without mesh TLS, expected one of [${identityOf('other')}]`,
      'network: 10.1.0.2 is not in 10.9.0.0/16 except 10.9.1.0/24',
    ]);
  });

  it('says that a missing reference voids the whole policy, and which name is near', () => {
    const objects = [
      webPod(),
      server('web'),
      identities('web-clients', '*'),
      admits('ap', theServer('web'), meshTls('web-client')),
    ];
    const { status, failed } = judge(objects, CURL);
    expect(status).toBe(403);
    expect(failed[0]?.message).toMatch(/web-client, which does not exist.*did you mean shop\/web-clients\?$/);
  });

  it('names every authorization that admits, not the one the proxy happens to count', () => {
    const objects = [
      webPod(),
      server('web', { accessPolicy: 'audit' }),
      admits('one', theServer('web')),
      admits('two', theServer('web')),
    ];
    const { verdict, authorizations } = judge(objects, PLAIN);
    expect(verdict).toBe('allowed');
    expect(authorizations.map(({ name }) => name).sort()).toEqual(['audit', 'one', 'two']);
  });

  it('says which Server counts and which are ignored', () => {
    const { server: chosen, notes } = judge(
      [webPod(), server('young', { port: 8080 }, 2), server('old', {}, 1)],
      PLAIN,
    );
    expect(chosen).toMatchObject({ kind: 'Server', name: 'old', reason: expect.stringContaining('older than young') });
    expect(notes).toContain('Server young has the same port and is ignored: the oldest counts');
  });
});

describe('what the controller ignores though it is accepted', () => {
  it('takes no route whose parentRef has a port, and keeps the probe', () => {
    const withPort = route('r', 'web', [{ path: { type: 'PathPrefix', value: '/api' } }]);
    const { parentRefs, ...spec } = withPort.spec as { parentRefs: object[] };
    const objects = [
      webPod(),
      server('web'),
      { ...withPort, spec: { ...spec, parentRefs: [{ ...parentRefs[0], port: 8080 }] } },
    ];
    const verdict = judge(objects, PLAIN, { method: 'GET', path: '/ready' });
    expect(verdict.verdict).toBe('allowed');
    expect(verdict.notes[0]).toContain('HTTPRoute r is not attached: a parentRef to a Server must not have a port');
  });
});

describe('facts that are not known', () => {
  const guarded = [
    webPod(),
    server('web'),
    identities('m', CURL.identity),
    admits('ap', theServer('web'), meshTls('m')),
  ];

  it.each([
    [{ meshed: true, address: '10.1.0.1' }, ['client.identity']],
    [{ address: '10.1.0.1' }, ['client.meshed']],
  ])('are named when the verdict hangs on them: %j', (client, missing) => {
    expect(judge(guarded, client)).toMatchObject({ verdict: 'unknown', status: null, missing });
  });

  it('are not asked for when they change nothing', () => {
    expect(judge([webPod(), server('web')], {})).toMatchObject({ verdict: 'denied', status: 403, missing: [] });
    expect(judge([webPod()], {})).toMatchObject({ verdict: 'allowed', missing: [] });
  });

  it('are the path and method where routes differ', () => {
    const routed = [
      ...guarded,
      route('open', 'web', [{ path: { type: 'Exact', value: '/open' } }]),
      admits('o', theRoute('open')),
    ];
    expect(judge(routed, PLAIN)).toMatchObject({ verdict: 'unknown', missing: ['method', 'path'] });
    expect(judge(routed, PLAIN, { method: 'GET', path: '/open' })).toMatchObject({ verdict: 'allowed' });
  });

  it('are the workload itself, if it is not among the objects', () => {
    expect(judge([], PLAIN)).toMatchObject({ verdict: 'unknown', missing: ['server'] });
  });
});

describe('what only a new pod would change', () => {
  it('is judged by what the pod carries, and said', () => {
    const objects = [namespace({ 'config.linkerd.io/default-inbound-policy': 'deny' }), webPod()];
    const { verdict, notes } = judge(objects, PLAIN);
    expect(verdict).toBe('allowed');
    expect(notes[0]).toMatch(/namespace shop says default-inbound-policy=deny.*only once the pod is created again/);
  });

  it('counts at once for a workload that has no pods yet', () => {
    const deployment: PolicyObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: NAMESPACE },
      spec: { template: { metadata: { labels: { app: 'web' } }, spec: {} } },
    };
    const inherited = namespace({ 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'deny' });
    expect(judge([inherited, deployment], PLAIN)).toMatchObject({ verdict: 'denied', status: 403 });
    expect(judge([namespace(), deployment], PLAIN)).toMatchObject({ verdict: 'not-enforced' });
  });
});

describe('calls the server’s proxy does not judge', () => {
  it.each([
    ['skip-inbound-ports', { 'config.linkerd.io/skip-inbound-ports': '8000-8080' }, PLAIN],
    ['inside the same pod', {}, { ...CURL, namespace: NAMESPACE, name: 'web' }],
  ])('%s', (words, annotations, client) => {
    const { verdict, reason } = judge([webPod(annotations), server('web')], client);
    expect([verdict, reason]).toEqual(['not-enforced', expect.stringContaining(words)]);
  });

  it('come without identity when the client skips the port', () => {
    const objects = [webPod(), server('web', { accessPolicy: 'all-authenticated' })];
    expect(judge(objects, CURL).verdict).toBe('allowed');
    expect(judge(objects, { ...CURL, skipOutboundPorts: '8080' })).toMatchObject({ verdict: 'denied', status: 403 });
  });
});

describe('straight to the proxy’s own port, as a multicluster gateway is called', () => {
  const gateway = [
    webPod(),
    server('gateway', { port: 4143 }),
    identities('any', '*'),
    admits('ap', theServer('gateway'), meshTls('any')),
  ];

  it('is judged by connection and refused without mesh TLS', () => {
    const direct = { port: 4143, protocol: 'tcp' } as const;
    expect(judge(gateway, CURL, direct)).toMatchObject({ verdict: 'allowed' });
    expect(judge(gateway, PLAIN, direct)).toMatchObject({ verdict: 'denied', status: 'closed' });
  });
});

it('makes a client of a workload, so that pods can be asked about by name', () => {
  const [web] = indexPolicies([webPod({ 'config.linkerd.io/skip-outbound-ports': '3306' })]).workloads;
  expect(web && clientOf(web)).toMatchObject({
    address: '10.1.0.9',
    identity: identityOf('web'),
    skipOutboundPorts: '3306-3306',
  });
});
