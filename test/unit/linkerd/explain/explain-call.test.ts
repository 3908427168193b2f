import { describe, expect, it } from 'vitest';
import type { AskedCall } from '../../../../shared/linkerd/explain/asked-call.ts';
import { decisive, exitCode } from '../../../../shared/linkerd/explain/decisive.ts';
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
  route,
  server,
  theRoute,
  theServer,
  webPod,
} from '../policy/objects.ts';
import { deployment, podOf } from './mesh.ts';

const mesh = (...policies: PolicyObject[]) => [
  namespace({ 'linkerd.io/inject': 'enabled' }),
  webPod(),
  podOf('cart', 'cart-1', '10.1.0.11'),
  podOf('cart', 'cart-2', '10.1.0.12'),
  ...policies,
];
const closed = [
  server('web-http'),
  admits('web-admits', theServer('web-http'), meshTls('friends')),
  identities('friends', identityOf('friend')),
];

function explain(
  objects: readonly PolicyObject[],
  from: string,
  to: string,
  asked: AskedCall = {},
  unread: string[] = [],
) {
  const state = meshState({ objects, unread, source: 'the manifests' });
  return explainCall(state, resolveEnd(state, from), resolveCallee(state, to), asked);
}

describe('a call explained', () => {
  it('without a port is told for every port the callee declares, each with the protocol it is taken for', () => {
    const answers = explain(mesh(...closed), 'shop/cart', 'shop/web');
    expect(answers.map(({ port, protocol, verdict }) => [port, protocol, verdict])).toEqual([
      [8080, 'http', 'denied'],
      [9000, 'http', 'allowed'],
    ]);
    expect(answers[0]?.notes.join()).toContain('taken for HTTP');
    expect(exitCode(answers)).toBe(1);
    expect(decisive(answers).port).toBe(8080);
  });

  it('goes by the name of a port, and by a number only a Server or the callee names', () => {
    expect(explain(mesh(), 'shop/cart', 'shop/web', { port: 'tcp' })).toMatchObject([{ port: 9000 }]);
    expect(explain(mesh(server('metrics', { port: 7777 })), 'shop/cart', 'shop/web', { port: '7777' })).toMatchObject([
      { server: { name: 'metrics' } },
    ]);
    expect(() => explain(mesh(), 'shop/cart', 'shop/web', { port: '7777' })).toThrow(
      'shop/web has no port 7777 and no Server names it; it declares 8080, 9000',
    );
    expect(() => explain(mesh(), 'shop/cart', 'shop/web', { port: 'grpc' })).toThrow(
      'no port named "grpc"; it declares http, tcp, 8080, 9000',
    );
    expect(() => explain(mesh(), 'shop/web', 'shop/cart')).toThrow(
      'shop/cart declares no port: say which is called with --port',
    );
  });

  it('is told once for pods that are alike, and apart for those that are not', () => {
    const skipping = podOf('cart', 'cart-3', '10.1.0.13', {
      annotations: { 'config.linkerd.io/skip-outbound-ports': '8080' },
    });
    expect(explain(mesh(...closed), 'shop/cart', 'shop/web', { port: '8080' })).toMatchObject([{ between: null }]);
    const open = [
      server('web-http'),
      admits('web-admits', theServer('web-http'), meshTls('friends')),
      identities('friends', identityOf('cart')),
    ];
    const answers = explain([...mesh(...open), skipping], 'shop/cart', 'shop/web', { port: '8080' });
    expect(answers.map(({ verdict, between }) => [verdict, between?.callers])).toEqual([
      ['allowed', ['cart-1', 'cart-2']],
      ['denied', ['cart-3']],
    ]);
  });

  it('between pods of one workload is the call to another pod, not to itself', () => {
    const ports = [{ containerPort: 8080 }];
    const objects = [
      namespace(),
      podOf('cart', 'cart-1', '10.1.0.11', { ports }),
      podOf('cart', 'cart-2', '10.1.0.12', { ports }),
    ];
    expect(explain(objects, 'shop/cart', 'shop/cart')).toMatchObject([{ verdict: 'allowed', between: null }]);
  });

  it('that depends on its path is unknown until it tells it', () => {
    const routed = [
      ...closed,
      route('reads', 'web-http', [{ method: 'GET', path: { type: 'PathPrefix', value: '/read' } }]),
      admits('reads-admits', theRoute('reads'), meshTls('carts')),
      identities('carts', identityOf('cart')),
    ];
    const [unknown] = explain(mesh(...routed), 'shop/cart', 'shop/web', { port: 'http' });
    expect(unknown).toMatchObject({ verdict: 'unknown', change: { turns: 'known', what: 'say --method and --path' } });
    expect(exitCode([unknown!])).toBe(2);
    const told = explain(mesh(...routed), 'shop/cart', 'shop/web', { port: 'http', method: 'get', path: '/read/all' });
    expect(told).toMatchObject([{ verdict: 'allowed', route: { name: 'reads' } }]);
  });

  it('of a workload of which nothing runs is judged by its template, whose address is one of the cluster', () => {
    const objects = mesh(server('web-http', { accessPolicy: 'cluster-authenticated' }), deployment('idle'));
    const [answer] = explain(objects, 'shop/idle', 'shop/web', { port: 'http' });
    expect(answer?.verdict).toBe('allowed');
    expect(answer?.notes.join()).toContain('address of the caller is not known');
  });

  it('is unknown while a kind that may decide could not be read', () => {
    const [answer] = explain(mesh(...closed), 'shop/cart', 'shop/web', { port: 'http' }, ['servers.policy.linkerd.io']);
    expect(answer).toMatchObject({ verdict: 'unknown', missing: ['servers.policy.linkerd.io'], change: null });
  });

  it.each([
    [{ path: 'read' }, 'a path begins with /'],
    [{ headers: ['x'] }, 'a header is written "name: value"'],
    [{ port: '70000' }, 'a port is a number from 1 to 65535'],
  ])('with %j is refused', (asked, message) => {
    expect(() => explain(mesh(), 'shop/cart', 'shop/web', asked)).toThrow(message);
  });
});
