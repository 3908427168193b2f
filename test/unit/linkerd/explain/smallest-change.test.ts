import { describe, expect, it } from 'vitest';
import type { AskedCall } from '../../../../shared/linkerd/explain/asked-call.ts';
import { objectKey } from '../../../../shared/linkerd/explain/change/candidate.ts';
import { explainCall } from '../../../../shared/linkerd/explain/explain-call.ts';
import { meshState } from '../../../../shared/linkerd/explain/mesh-state.ts';
import { resolveCallee, resolveEnd } from '../../../../shared/linkerd/explain/resolve-end.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import {
  admits,
  identities,
  identityOf,
  meshTls,
  namespace,
  network,
  networks,
  policyObject,
  route,
  server,
  theServer,
  webPod,
} from '../policy/objects.ts';
import { podOf } from './mesh.ts';

const base = [namespace(), webPod(), podOf('cart', 'cart-1', '10.1.0.11')];
const http = server('web-http');
const lists = (...names: string[]) => identities('friends', ...names.map((name) => identityOf(name)));
const admitsFriends = admits('web-admits', theServer('web-http'), meshTls('friends'));

function explain(objects: readonly PolicyObject[], from: string, asked: AskedCall) {
  const state = meshState({ objects, source: 'the manifests' });
  const [answer] = explainCall(state, resolveEnd(state, from), resolveCallee(state, 'shop/web'), {
    port: 'http',
    ...asked,
  });
  return answer!;
}

/** What it says has to be done, and what the verdict is once it is done, as kubectl would. */
function turned(policies: readonly PolicyObject[], from = 'shop/cart', asked: AskedCall = {}) {
  const objects = [...base, ...policies];
  const { verdict, change } = explain(objects, from, asked);
  const written = [...(change?.changed ?? []), ...(change?.made ?? [])];
  const names = new Set(written.map(objectKey));
  const gone = /delete \w+ shop\/(\S+)/.exec(change?.what ?? '')?.[1];
  const kept = objects.filter(
    (one) => !names.has(objectKey(one)) && (one.kind !== 'AuthorizationPolicy' || one.metadata.name !== gone),
  );
  return { verdict, what: change?.what, afterwards: explain([...kept, ...written], from, asked).verdict };
}

describe('the smallest change that turns a verdict', () => {
  it('adds the identity to what is required, and tells who else requires it', () => {
    const other = admits('api-admits', theServer('api'), meshTls('friends'));
    expect(turned([http, admitsFriends, lists('friend'), other])).toEqual({
      verdict: 'denied',
      what: `add ${identityOf('cart')} to MeshTLSAuthentication shop/friends, which AuthorizationPolicy shop/api-admits requires too`,
      afterwards: 'allowed',
    });
  });

  it('refers to the ServiceAccount where the list is one of references: it may not be both', () => {
    const refs = policyObject('MeshTLSAuthentication', 'friends', {
      identityRefs: [{ kind: 'ServiceAccount', name: 'friend' }],
    });
    const { change } = explain([...base, http, admitsFriends, refs], 'shop/cart', {});
    expect(change?.changed[0]?.spec).toEqual({
      identityRefs: [
        { kind: 'ServiceAccount', name: 'friend' },
        { kind: 'ServiceAccount', name: 'cart', namespace: 'shop' },
      ],
    });
  });

  it('makes the authentication a policy requires in vain', () => {
    const told = turned([http, admitsFriends]);
    expect(told).toMatchObject({ verdict: 'denied', afterwards: 'allowed' });
    expect(told.what).toContain(
      'make MeshTLSAuthentication shop/friends, which AuthorizationPolicy shop/web-admits requires',
    );
  });

  it('adds to a ServerAuthorization, or to the networks of a policy', () => {
    const old = policyObject('ServerAuthorization', 'web-old', {
      server: { name: 'web-http' },
      client: { meshTLS: { identities: [identityOf('friend')] } },
    });
    expect(turned([http, old])).toMatchObject({
      what: expect.stringContaining('ServerAuthorization shop/web-old'),
      afterwards: 'allowed',
    });
    const near = [
      http,
      admits('near', theServer('web-http'), network('office')),
      networks('office', { cidr: '192.0.2.0/24' }),
    ];
    expect(turned(near)).toMatchObject({
      what: 'add 10.1.0.11/32 to the networks of NetworkAuthentication shop/office',
      afterwards: 'allowed',
    });
  });

  it('makes a policy of its own where there is none, and says what an address is worth', () => {
    expect(turned([http])).toMatchObject({
      verdict: 'denied',
      afterwards: 'allowed',
      what: expect.stringContaining('AuthorizationPolicy shop/web-http-from-shop-cart'),
    });
    const plain = turned([http], 'ip:203.0.113.7');
    expect(plain).toMatchObject({ verdict: 'denied', afterwards: 'allowed' });
    expect(plain.what).toContain('its address proves nothing');
  });

  it('meshes a caller that only lacks an identity', () => {
    const unmeshed: PolicyObject = {
      ...podOf('cron', 'cron-1', '10.1.0.30'),
      spec: { serviceAccountName: 'cart', containers: [] },
    };
    const { verdict, change } = explain([...base, unmeshed, http, admitsFriends, lists('cart')], 'shop/pod/cron-1', {});
    expect([verdict, change?.what]).toEqual([
      'denied',
      `have Linkerd inject its proxy into shop/cron-1, which then is ${identityOf('cart')}`,
    ]);
  });

  it('adds a rule where no route takes the request', () => {
    const routed = [
      http,
      admitsFriends,
      lists('cart'),
      route('reads', 'web-http', [{ path: { type: 'Exact', value: '/read' } }]),
    ];
    expect(turned(routed, 'shop/cart', { method: 'POST', path: '/write' })).toEqual({
      verdict: 'denied',
      what: 'add a rule to HTTPRoute shop/reads that matches POST /write',
      afterwards: 'allowed',
    });
  });

  it('changes the protocol of a Server the caller does not speak', () => {
    const grpc = server('web-http', { proxyProtocol: 'gRPC' });
    expect(turned([grpc, admitsFriends, lists('cart')], 'shop/cart', { protocol: 'tcp' })).toMatchObject({
      verdict: 'broken',
      what: 'set proxyProtocol of Server shop/web-http to opaque',
      afterwards: 'allowed',
    });
  });

  it('takes an allowed caller off the list, or the policy away where it is alone on it', () => {
    expect(turned([http, admitsFriends, lists('friend', 'cart')])).toEqual({
      verdict: 'allowed',
      what: `take ${identityOf('cart')} out of MeshTLSAuthentication shop/friends`,
      afterwards: 'denied',
    });
    expect(turned([http, admitsFriends, lists('cart')])).toEqual({
      verdict: 'allowed',
      what: 'delete AuthorizationPolicy shop/web-admits',
      afterwards: 'denied',
    });
  });

  it('closes a Server that is open or only audits, and a port that has none', () => {
    const open = server('web-http', { accessPolicy: 'all-unauthenticated' });
    const audit = server('web-http', { accessPolicy: 'audit' });
    expect(turned([open])).toEqual({
      verdict: 'allowed',
      what: 'set accessPolicy of Server shop/web-http to deny',
      afterwards: 'denied',
    });
    expect(turned([audit])).toMatchObject({ verdict: 'audited', afterwards: 'denied' });
    expect(turned([])).toMatchObject({
      verdict: 'allowed',
      what: 'make Server shop/web-8080, which denies what no policy admits',
      afterwards: 'denied',
    });
  });

  it('brings a call that no proxy sees before one', () => {
    const skipping = webPod({ 'config.linkerd.io/skip-inbound-ports': '8080' });
    const { verdict, change } = explain([namespace(), skipping, podOf('cart', 'cart-1', '10.1.0.11')], 'shop/cart', {});
    expect([verdict, change?.turns]).toEqual(['not-enforced', 'judged']);
    expect(change?.what).toContain('take 8080 out of config.linkerd.io/skip-inbound-ports of shop/web');
  });

  it('opens an EgressNetwork by a route for the port, and closes one that is open', () => {
    const to = 'ip:203.0.113.7';
    const egress = (trafficPolicy: string) => policyObject('EgressNetwork', 'out', { trafficPolicy });
    const told = (...objects: PolicyObject[]) => {
      const state = meshState({ objects: [...base, ...objects], source: 'the manifests' });
      return explainCall(state, resolveEnd(state, 'shop/cart'), resolveCallee(state, to), {
        port: '443',
        protocol: 'tls',
      })[0]!;
    };
    const denied = told(egress('Deny'));
    expect([denied.verdict, denied.change?.turns]).toEqual(['denied', 'allowed']);
    expect(told(egress('Deny'), ...denied.change!.made).verdict).toBe('allowed');
    const allowed = told(egress('Allow'));
    expect([allowed.verdict, allowed.change?.what]).toEqual([
      'allowed',
      'set trafficPolicy of EgressNetwork shop/out to Deny',
    ]);
  });
});
