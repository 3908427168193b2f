import { describe, expect, test } from 'vitest';
import { losesL7Policy } from '../../../../shared/gate/rules/mesh/loses-l7-policy.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { namespace, route, server, webPod } from '../../linkerd/policy/objects.ts';
import { caused, changed, seen } from '../access/small-mesh.ts';

const OPAQUE = 'config.linkerd.io/opaque-ports';
const open = route('open', 'web-http', [{ path: { value: '/open' } }]);
const found = (before: readonly PolicyObject[], change: Parameters<typeof changed>[1]) =>
  caused(losesL7Policy, changed(before, change)).map(({ severity, row, places: [place] }) => [
    row.port,
    severity,
    place,
  ]);

describe('a port loses policy for requests', () => {
  const key = 'Server.policy.linkerd.io/shop/web-http';

  test('where its HTTP Server turns opaque or TLS', () => {
    const before = [namespace(), webPod(), server('web-http', { proxyProtocol: 'HTTP/1' })];
    for (const proxyProtocol of ['opaque', 'TLS']) {
      expect(found(before, { writes: [server('web-http', { proxyProtocol })] })).toEqual([
        [8080, 'high', { key, field: 'spec.proxyProtocol' }],
      ]);
    }
  });

  test('where routes hang on a Server that detects, and a pod or a younger Server says opaque', () => {
    const before = [namespace(), webPod(), server('web-http'), open];
    const told = caused(losesL7Policy, changed(before, { writes: [webPod({ [OPAQUE]: '8080' })] }));
    expect(told.map(({ places: [place] }) => place)).toEqual([
      { key: 'Pod./shop/web', field: `metadata.annotations["${OPAQUE}"]` },
    ]);
    expect(told[0]?.message).toBe(
      'port 8080 of Pod shop/web loses policy for requests, because opaque-ports of the pod lists 8080: HTTPRoute shop/open counts for nothing; Server shop/web-http judges connections instead of requests; leave the port HTTP',
    );
    const younger = server('a-younger', { proxyProtocol: 'opaque' }, 2);
    expect(found(before, { writes: [younger] })).toEqual([
      [8080, 'high', { key: 'Server.policy.linkerd.io/shop/a-younger', field: 'spec.proxyProtocol' }],
    ]);
  });

  test('where requests were seen on a port without a Server', () => {
    const change = { writes: [webPod({ [OPAQUE]: '8080,9000' })] };
    const edges = [
      seen('shop/Deployment/cart', 'shop/Pod/web', 8080),
      seen('shop/Deployment/cart', 'shop/Pod/web', 9000, { unit: 'connections' }),
    ];
    expect(found([namespace(), webPod()], { ...change, edges })).toMatchObject([[8080, 'medium', {}]]);
    expect(found([namespace(), webPod()], change)).toEqual([]);
  });
});

describe('a port keeps policy for requests', () => {
  test('where it was opaque before, or is no more', () => {
    const opaque = server('web-http', { proxyProtocol: 'opaque' });
    expect(found([namespace(), webPod(), opaque], { writes: [server('web-http', { proxyProtocol: 'TLS' })] })).toEqual(
      [],
    );
    expect(found([namespace(), webPod(), opaque, open], { writes: [server('web-http')] })).toEqual([]);
  });

  test('where its Server speaks HTTP: callers that send bytes are closed, and told of as calls (oracle 2)', () => {
    const before = [namespace(), webPod(), server('web-http', { proxyProtocol: 'HTTP/1' }), open];
    expect(found(before, { writes: [webPod({ [OPAQUE]: '8080' })] })).toEqual([]);
  });
});
