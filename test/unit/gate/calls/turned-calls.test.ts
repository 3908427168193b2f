import { describe, expect, test } from 'vitest';
import { turnedCalls } from '../../../../shared/gate/calls/turned-calls.ts';
import { callsDenied } from '../../../../shared/gate/rules/calls/calls-denied.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import type { Edge } from '../../../../shared/questions/edges/merge.ts';
import { podOf } from '../../linkerd/explain/mesh.ts';
import {
  admits,
  identities,
  identityOf,
  meshTls,
  namespace,
  policyObject,
  route,
  server,
  theRoute,
  theServer,
  webPod,
} from '../../linkerd/policy/objects.ts';
import { caused, changed, seen } from '../access/small-mesh.ts';
import { API_TO_WEB, api, faring, UNMESHED_TO_WEB } from './seen-mesh.ts';

const friends = (...accounts: string[]) => identities('friends', ...accounts.map((account) => identityOf(account)));
const cart = podOf('cart', 'cart-1', '10.1.0.21');
const guarded = [
  namespace(),
  webPod(),
  api,
  cart,
  server('web-http'),
  admits('web-admits', theServer('web-http'), meshTls('friends')),
  friends('api'),
];
const CART_TO_WEB = faring(
  'denied',
  seen('shop/Deployment/cart', 'shop/Pod/web', 8080, { count: 3, identity: identityOf('cart') }),
);

const turned = (writes: readonly PolicyObject[], edges: readonly Edge[], before: readonly PolicyObject[] = guarded) =>
  turnedCalls(changed(before, { writes, edges })).map(
    ({ from, to, port, count, before: was, after }) => `${count} ${from} ${to}:${port} ${was} ${after}`,
  );

describe('calls whose verdict turns', () => {
  test('are told to the worse and to the better, the worse first', () => {
    expect(turned([friends('cart')], [CART_TO_WEB, API_TO_WEB])).toEqual([
      '10 shop/api shop/web:8080 allowed denied',
      '3 shop/cart shop/web:8080 denied allowed',
    ]);
    expect(turned([friends('api')], [CART_TO_WEB, API_TO_WEB])).toEqual([]);
  });

  test('are those that fared as the policy before the change has it: what was denied before that policy came is over', () => {
    const edge = {
      ...API_TO_WEB,
      shares: [...API_TO_WEB.shares, ...faring('denied', { ...API_TO_WEB, count: 7 }).shares],
    };
    expect(turned([friends('cart')], [edge])).toEqual(['10 shop/api shop/web:8080 allowed denied']);
  });

  test('may turn, where that hangs on what metrics do not tell: what it is, is said', () => {
    const open = [...guarded.slice(0, 4), server('web-http'), admits('all', theServer('web-http'))];
    const path = route('v1', 'web-http', [{ path: { type: 'PathPrefix', value: '/v1' } }]);
    const opensPath = [path, admits('v1-all', theRoute('v1'))];
    const [some] = turnedCalls(changed(open, { writes: opensPath, edges: [API_TO_WEB] }));
    expect(some).toMatchObject({ before: 'allowed', after: 'may be denied' });
    expect(some?.reason).toContain('depending on what is asked for (as with what no route names)');
    const [opened] = turnedCalls(changed(guarded, { writes: opensPath, edges: [CART_TO_WEB] }));
    expect(opened).toMatchObject({ before: 'denied', after: 'may be allowed' });
    // Of some paths 404, of the others 403: denied they all are.
    const shuts = [path, admits('all', theServer('web-http'), meshTls('gone'))];
    const [all] = turnedCalls(changed(open, { writes: shuts, edges: [API_TO_WEB] }));
    expect(all).toMatchObject({ before: 'allowed', after: 'denied' });
    expect(all?.reason).not.toContain('depending');
  });

  test('are called unmeshed where they show no identity', () => {
    expect(turned([admits('all', theServer('web-http'))], [faring('denied', UNMESHED_TO_WEB)])).toEqual([
      '10 unmeshed shop/web:8080 denied allowed',
    ]);
  });

  test('are those of an identity, where several workloads share it or none runs', () => {
    const gateway = 'gateway.other.serviceaccount.identity.linkerd.cluster.local';
    const edge: Edge = {
      ...API_TO_WEB,
      from: { label: 'Identity', key: `prod/Identity/${gateway}`, name: gateway },
      identity: gateway,
    };
    expect(turned([identities('friends', gateway)], [faring('denied', edge)])).toEqual([
      `10 ${gateway} shop/web:8080 denied allowed`,
    ]);
  });

  test('are those of a workload of which nothing runs now, by the identity it showed', () => {
    const edge = seen('shop/CronJob/nightly', 'shop/Pod/web', 8080, { identity: identityOf('nightly') });
    const before = [...guarded.slice(0, -1), friends('nightly')];
    expect(turned([friends('api')], [edge], before)).toEqual(['10 shop/nightly shop/web:8080 allowed denied']);
  });

  test('go out of the cluster too: EgressNetworks decide at the caller', () => {
    const out: Edge = {
      ...API_TO_WEB,
      mTls: false,
      to: { label: 'External', key: 'prod/External/203.0.113.10', name: '203.0.113.10' },
    };
    const everything = (trafficPolicy: string) =>
      policyObject('EgressNetwork', 'all', { trafficPolicy, networks: [{ cidr: '0.0.0.0/0' }] });
    const edge = faring('unknown', out);
    expect(turned([everything('Deny')], [edge])).toEqual(['10 shop/api 203.0.113.10:8080 allowed denied']);
    const told = caused(
      callsDenied,
      changed([...guarded, everything('Allow')], { writes: [everything('Deny')], edges: [edge] }),
    );
    expect(told.map(({ places: [first] }) => first)).toEqual([
      { key: 'EgressNetwork.policy.linkerd.io/shop/all', field: 'spec.trafficPolicy' },
    ]);
    const named = { ...edge, to: { label: 'EgressNetwork', key: 'prod/shop/EgressNetwork/all', name: 'shop/all' } };
    expect(turned([everything('Deny')], [named], [...guarded, everything('Allow')])).toEqual([
      '10 shop/api shop/all:8080 allowed denied',
    ]);
  });

  test('go through one EgressNetwork: what another says of its own blocks turns nothing', () => {
    const network = (name: string, cidr: string, trafficPolicy: string) =>
      policyObject('EgressNetwork', name, { trafficPolicy, networks: [{ cidr }] });
    const before = [...guarded, network('all', '0.0.0.0/0', 'Allow'), network('narrow', '10.0.0.0/8', 'Allow')];
    const to = { label: 'EgressNetwork', key: 'prod/shop/EgressNetwork/all', name: 'shop/all' };
    const edge = faring('unknown', { ...API_TO_WEB, mTls: false, to });
    expect(turned([network('narrow', '10.0.0.0/8', 'Deny')], [edge], before)).toEqual([]);
    expect(turned([network('all', '0.0.0.0/0', 'Deny')], [edge], before)).toHaveLength(1);
  });

  test('are none of a workload that the change deletes, though nothing of it runs', () => {
    const nightly: PolicyObject = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { namespace: 'shop', name: 'nightly' },
    };
    const edge = seen('shop/CronJob/nightly', 'shop/Pod/web', 8080, { identity: identityOf('nightly') });
    const before = [...guarded.slice(0, -1), friends('nightly'), nightly];
    const judged = changed(before, { writes: [friends('api')], deletes: [nightly], edges: [edge] });
    expect(turnedCalls(judged)).toEqual([]);
  });

  test('are not those that nothing tells of: Services without pods, workloads that are gone', () => {
    const to = (label: string, key: string) => ({ ...API_TO_WEB, to: { label, key, name: 'shop/gone' } });
    expect(
      turned([friends('cart')], [to('Service', 'prod/shop/Service/gone'), to('Workload', 'prod/shop/Deployment/gone')]),
    ).toEqual([]);
  });
});
