import { describe, expect, it } from 'vitest';
import { authorize } from '../../../../shared/linkerd/policy/authorize.ts';
import type { Call } from '../../../../shared/linkerd/policy/call.ts';
import { indexPolicies } from '../../../../shared/linkerd/policy/index-policies.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { NAMESPACE, policyObject } from './objects.ts';

const OUTSIDE = '203.0.113.10';
const CLIENT = { namespace: NAMESPACE, meshed: true };

const egress = (name: string, trafficPolicy: string, networks?: object[], second = 1): PolicyObject =>
  policyObject('EgressNetwork', name, { trafficPolicy, ...(networks ? { networks } : {}) }, { second });

const inGlobal = (object: PolicyObject): PolicyObject => ({
  ...object,
  metadata: { ...object.metadata, namespace: 'linkerd-egress' },
});

const judge = (objects: PolicyObject[], more: Partial<Call> = {}) =>
  authorize(indexPolicies(objects), {
    client: CLIENT,
    server: { address: OUTSIDE },
    port: 80,
    protocol: 'http',
    method: 'GET',
    path: '/',
    host: 'api.example',
    ...more,
  });

const parent = (name: string, port?: number) => ({
  group: 'policy.linkerd.io',
  kind: 'EgressNetwork',
  name,
  ...(port ? { port } : {}),
});

describe('calls that leave the cluster', () => {
  it('pass where no EgressNetwork takes the address', () => {
    expect(judge([])).toMatchObject({ verdict: 'allowed', server: { name: 'egress-fallback' } });
    const inside = judge([egress('e', 'Deny')], { server: { address: '10.1.1.1' } });
    expect(inside).toMatchObject({ verdict: 'unknown', missing: ['server'] });
  });

  it('are denied with 403, or closed when they are no HTTP', () => {
    const deny = [egress('e', 'Deny')];
    expect(judge(deny)).toMatchObject({ verdict: 'denied', status: 403, route: { name: 'http-egress-deny' } });
    expect(judge(deny, { protocol: 'tcp' })).toMatchObject({
      verdict: 'denied',
      status: 'closed',
      route: { name: 'tcp-egress-deny' },
    });
  });

  it('go to the most specific network, then the older; exceptions fall out', () => {
    const all = [
      egress('wide', 'Allow'),
      egress('young', 'Deny', [{ cidr: `${OUTSIDE}/32` }], 3),
      egress('old', 'Allow', [{ cidr: `${OUTSIDE}/32` }], 2),
    ];
    expect(judge(all).server?.name).toBe('old');
    const holed = egress('holed', 'Deny', [{ cidr: '203.0.113.0/24', except: [OUTSIDE] }]);
    expect(judge([holed]).server?.name).toBe('egress-fallback');
  });

  it('ask the global namespace only where their own has no EgressNetwork at all', () => {
    const global = inGlobal(egress('global', 'Deny'));
    expect(judge([global]).server?.name).toBe('global');
    expect(judge([global, egress('own', 'Deny', [{ cidr: '198.51.100.0/24' }])]).server?.name).toBe('egress-fallback');
  });

  it('pass a Deny by a route on their port, and are not held by one under Allow', () => {
    const route = policyObject('HTTPRoute', 'r', {
      hostnames: ['api.example'],
      parentRefs: [parent('e', 80)],
      rules: [{ matches: [{ method: 'GET', path: { type: 'Exact', value: '/healthz' } }] }],
    });
    const calls = [
      { path: '/healthz' },
      { path: '/charge' },
      { path: '/healthz', host: 'other.example' },
      { path: '/healthz', port: 81 },
    ];
    expect(calls.map((call) => judge([egress('e', 'Deny'), route], call).verdict)).toEqual([
      'allowed',
      'denied',
      'denied',
      'denied',
    ]);
    expect(judge([egress('e', 'Allow'), route], { path: '/charge' }).verdict).toBe('allowed');
  });

  it('pass by a TCPRoute on their port', () => {
    const route = policyObject('TCPRoute', 'r', { parentRefs: [parent('e', 5432)], rules: [{}] });
    const tcp = (port: number) => judge([egress('e', 'Deny'), route], { protocol: 'tcp', port }).verdict;
    expect([tcp(5432), tcp(80)]).toEqual(['allowed', 'denied']);
  });

  it.each([
    [{ meshed: false, namespace: NAMESPACE }, 'not-enforced'],
    [{ ...CLIENT, skipOutboundPorts: '80' }, 'not-enforced'],
    [{ ...CLIENT, skipSubnets: '203.0.113.0/24' }, 'not-enforced'],
    [{ meshed: true }, 'unknown'],
    [{}, 'unknown'],
  ])('of a client %j are %s', (client, verdict) => {
    expect(judge([egress('e', 'Deny')], { client }).verdict).toBe(verdict);
  });
});
