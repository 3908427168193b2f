import { describe, expect, test } from 'vitest';
import { auditedCallsDenied } from '../../../../shared/gate/rules/calls/audited-calls-denied.ts';
import { callsDenied } from '../../../../shared/gate/rules/calls/calls-denied.ts';
import { callsMayBeDenied } from '../../../../shared/gate/rules/calls/calls-may-be-denied.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import type { Edge } from '../../../../shared/questions/edges/merge.ts';
import { deployment } from '../../linkerd/explain/mesh.ts';
import {
  admits,
  identities,
  identityOf,
  meshTls,
  namespace,
  network,
  networks,
  server,
  theServer,
  webPod,
} from '../../linkerd/policy/objects.ts';
import { caused, changed } from '../access/small-mesh.ts';
import { API_TO_WEB, api, faring, UNMESHED_TO_WEB } from './seen-mesh.ts';

const friends = (...accounts: string[]) => identities('friends', ...accounts.map((account) => identityOf(account)));
const mesh = [namespace(), webPod(), api, server('web-http'), friends('api')];
const guarded = [...mesh, admits('web-admits', theServer('web-http'), meshTls('friends'))];

type Change = { writes?: readonly PolicyObject[]; deletes?: readonly PolicyObject[]; edges?: readonly Edge[] };
const found = (change: Change, objects: readonly PolicyObject[] = guarded) => {
  const judged = changed(objects, { edges: [API_TO_WEB], workloads: ['shop/Pod/web'], ...change });
  return [callsDenied, auditedCallsDenied, callsMayBeDenied].flatMap((rule) =>
    caused(rule, judged).map((violation) => ({ rule: rule.id, ...violation })),
  );
};
const rules = (change: Change, objects?: readonly PolicyObject[]) => found(change, objects).map(({ rule }) => rule);

describe('calls that would be denied', () => {
  test('are told with their number, the last of them, and what fails; the entry of the list is to blame', () => {
    const [violation] = found({ writes: [friends('cart')] });
    expect(violation).toMatchObject({
      rule: 'calls-denied',
      message:
        '10 requests of shop/api to shop/web:8080, last 2026-11-24T11:59:00Z, would be denied with 403: no authorization ' +
        `matches (AuthorizationPolicy web-admits: identity ${identityOf('api')} is not among [${identityOf('cart')}])`,
      fingerprint: ['prod/shop/Deployment/api', 'prod/shop/Pod/web', 8080],
      row: { caller: 'shop/api', callee: 'shop/web', port: 8080, namespace: 'shop', count: 10, units: ['requests'] },
    });
    expect(violation?.places[0]).toEqual({
      key: 'MeshTLSAuthentication.policy.linkerd.io/shop/friends',
      field: 'spec.identities[0]',
    });
  });

  test('requests and connections between two ends on one port are told as one', () => {
    const edges = [API_TO_WEB, { ...API_TO_WEB, unit: 'connections' as const }];
    expect(found({ writes: [friends('cart')], edges }).map(({ message }) => message.split(',')[0])).toEqual([
      '10 requests and 10 connections of shop/api to shop/web:8080',
    ]);
  });

  test.each([
    ['an authentication is deleted, which voids the policy', { deletes: [friends('api')] }],
    ['the policy is deleted', { deletes: [admits('web-admits', theServer('web-http'), meshTls('friends'))] }],
    [
      'the Server speaks opaque to callers that it knew by route',
      { writes: [server('web-http', { proxyProtocol: 'TLS' })] },
    ],
    ['a Server takes a port of the default policy', { writes: [server('web-http')] }, [namespace(), webPod(), api]],
  ])('when %s', (_, change, objects = guarded) => {
    expect(rules(change, objects)).toEqual(['calls-denied']);
  });

  test.each<[string, Change]>([
    ['another port', { writes: [server('other', { port: 9000 })] }],
    ['a list that still has the caller', { writes: [friends('cart', 'api')] }],
    ['a Server that gives way to a default policy which allows', { deletes: [server('web-http')] }],
  ])('not for %s', (_, change) => {
    expect(rules(change)).toEqual([]);
  });

  test('are no news where policy denied them before the change too, whatever was seen in the days before', () => {
    const denying = [...guarded.filter(({ kind }) => kind !== 'MeshTLSAuthentication'), friends('other')];
    expect(rules({ writes: [friends('cart')] }, denying)).toEqual([]);
  });

  test('are none where they were turned away each time, though policy has come to let them in', () => {
    expect(rules({ writes: [friends('cart')], edges: [faring('denied')] })).toEqual([]);
  });
});

describe('workloads that a change deletes', () => {
  test('have callers whom nobody would answer', () => {
    const [violation] = found({ deletes: [webPod()] });
    expect(violation?.message).toMatch(/would be closed: nobody would answer, for the change deletes shop\/web$/);
    expect(rules({ deletes: [webPod()] })).toEqual(['calls-denied']);
  });

  test('are as gone for calls that policy audits', () => {
    const audits = server('web-http', { accessPolicy: 'audit' });
    const change = { deletes: [webPod()], edges: [faring('audited')] };
    expect(rules(change, [namespace(), webPod(), api, audits])).toEqual(['calls-denied']);
  });

  test('call nobody any more', () => {
    const owner = deployment('api');
    expect(rules({ deletes: [owner], writes: [friends('cart')] }, [...guarded, owner])).toEqual([]);
  });

  test('call on from the namespace they move to, under another identity', () => {
    const owner = deployment('api');
    const moved = deployment('api', { namespace: 'pay' });
    const pay = {
      ...namespace({ 'linkerd.io/inject': 'enabled' }),
      metadata: { name: 'pay', annotations: { 'linkerd.io/inject': 'enabled' } },
    };
    const [violation] = found({ deletes: [owner], writes: [moved] }, [...guarded, owner, pay]);
    expect(violation?.message).toContain(`identity ${identityOf('api', 'pay')} is not among`);
  });
});

describe('calls that policy audits', () => {
  const audits = server('web-http', { accessPolicy: 'audit' });
  test('are denied once it is enforced, as they were counted', () => {
    const change = { writes: [server('web-http')], edges: [faring('audited')] };
    const [violation] = found(change, [namespace(), webPod(), api, audits]);
    expect(violation?.rule).toBe('audited-calls-denied');
    expect(violation?.message).toMatch(
      /, pass under audit and would be denied with 403: there is no authorization at all$/,
    );
    expect(violation?.places[0]).toEqual({ key: 'Server.policy.linkerd.io/shop/web-http', field: 'spec.accessPolicy' });
  });

  test('may be denied one day where they were admitted before', () => {
    const change = { writes: [audits, friends('cart')] };
    const told = found(change);
    expect(told.map(({ rule }) => rule)).toEqual(['calls-may-be-denied']);
    expect(told[0]?.message).toMatch(/, would pass only while policy audits, and be denied once it is enforced$/);
  });
});

describe('what was seen to admit calls', () => {
  const near = networks('near', { cidr: '10.2.0.0/16' });
  const far = networks('far', { cidr: '10.3.0.0/16' });
  const admitted = (name: string) => admits(name, theServer('web-http'), network(name));
  const open = [namespace(), webPod(), server('web-http'), near, far, admitted('near'), admitted('far')];

  test('tells where callers without identity come from: all of them fail', () => {
    const edges = [faring('allowed', UNMESHED_TO_WEB, ['authorizationpolicy.policy.linkerd.io/near'])];
    expect(rules({ deletes: [admitted('near')], edges }, open)).toEqual(['calls-denied']);
    expect(rules({ deletes: [admitted('far')], edges }, open)).toEqual([]);
  });

  test('leaves their address open where it is not told: some fail', () => {
    const [violation] = found({ deletes: [admitted('near')], edges: [faring('allowed', UNMESHED_TO_WEB)] }, open);
    expect(violation?.rule).toBe('calls-may-be-denied');
    expect(violation?.message).toMatch(
      /depending on the address of the caller \(as with 10\.2\.0\.0\), which metrics do not tell$/,
    );
  });
});
