import { describe, expect, test } from 'vitest';
import { callsDenied } from '../../../../shared/gate/rules/calls/calls-denied.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
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
import { caused, changed } from '../access/small-mesh.ts';
import { API_TO_WEB, api } from './seen-mesh.ts';

const http = server('web-http', { proxyProtocol: 'HTTP/1' });
const friends = identities('friends', identityOf('api'));
const mesh = [namespace(), webPod(), api, http, friends];
const wide = admits('wide', { group: '', kind: 'Namespace', name: 'shop' }, meshTls('friends'));
const everything = [route('all', 'web-http', [{ path: { type: 'PathPrefix', value: '/' } }])];
const routed = admits('routed', theRoute('all'), meshTls('friends'));
const authorizes = (by: object): PolicyObject =>
  policyObject('ServerAuthorization', 'old', {
    server: by,
    client: { meshTLS: { identities: [identityOf('api')] } },
  });
const labelled: PolicyObject = { ...http, metadata: { ...http.metadata, labels: { tier: 'front' } } };
const bySelector = authorizes({ selector: { matchLabels: { tier: 'front' } } });

type Case = { before: PolicyObject[]; writes?: PolicyObject[]; deletes?: PolicyObject[] };
const found = ({ before, ...change }: Case) => caused(callsDenied, changed(before, { ...change, edges: [API_TO_WEB] }));

describe('a call is judged again', () => {
  test.each<[string, Case, string]>([
    ['when the policy on its Namespace goes', { before: [...mesh, wide], deletes: [wide] }, 'wide'],
    ['when the policy on its route goes', { before: [...mesh, ...everything, routed], deletes: [routed] }, 'routed'],
    [
      'when what the policy on its route requires changes',
      { before: [...mesh, ...everything, routed], writes: [identities('friends', identityOf('cart'))] },
      'friends',
    ],
    [
      'when a ServerAuthorization that names its Server goes',
      { before: [...mesh, authorizes({ name: 'web-http' })], deletes: [authorizes({ name: 'web-http' })] },
      'old',
    ],
    [
      'when one that selects its Server by labels goes',
      { before: [...mesh, labelled, bySelector], deletes: [bySelector] },
      'old',
    ],
    [
      'when a younger Server on its port says opaque, which callers heed though it is ignored otherwise (oracle 3)',
      {
        before: [...mesh, admits('all', theServer('web-http'))],
        writes: [server('young', { port: 8080, proxyProtocol: 'opaque' }, 2)],
      },
      'young',
    ],
  ])('%s', (_, change, blamed) => {
    const told = found(change);
    expect(told).toHaveLength(1);
    expect(told[0]?.places[0]?.key).toMatch(new RegExp(`/shop/${blamed}$`));
  });

  test('when a Server takes its port: that is to blame, before the policy that does not admit the caller', () => {
    const others = [identities('others', identityOf('cart')), admits('some', theServer('web-http'), meshTls('others'))];
    const [violation] = found({ before: [namespace(), webPod(), api], writes: [...others, http] });
    expect(violation?.places[0]).toEqual({ key: 'Server.policy.linkerd.io/shop/web-http' });
  });

  test('when the control plane is set otherwise, whatever else stays', () => {
    const config: PolicyObject = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'linkerd', name: 'linkerd-config' },
      data: { values: VALUES },
    } as PolicyObject;
    const [violation] = found({ before: [namespace(), webPod(), api], writes: [config] });
    expect(violation?.message).toContain('would be denied with 403');
    expect(violation?.places[0]?.key).toBe('ConfigMap./linkerd/linkerd-config');
  });
});

const VALUES = `identityTrustDomain: cluster.local
clusterNetworks: 10.0.0.0/8
proxy:
  defaultInboundPolicy: deny
`;
