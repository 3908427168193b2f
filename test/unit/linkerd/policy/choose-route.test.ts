import { describe, expect, it } from 'vitest';
import { chooseRoute, inOrder } from '../../../../shared/linkerd/policy/choose-route.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { toRoute } from '../../../../shared/linkerd/policy/route.ts';
import { policyObject } from './objects.ts';

type Match = {
  path?: [type: string, value: string];
  headers?: Record<string, string>;
  query?: Record<string, string>;
  method?: string;
};

const named = (values: Record<string, string> = {}, type = 'Exact') =>
  Object.entries(values).map(([name, value]) => ({ name, value, type }));

function route(
  name: string,
  second: number,
  { path, headers, query, method }: Match,
  hostnames: string[] = [],
): PolicyObject {
  const match = {
    ...(path ? { path: { type: path[0], value: path[1] } } : {}),
    headers: named(headers),
    queryParams: named(query),
    ...(method ? { method } : {}),
  };
  return policyObject('HTTPRoute', name, { hostnames, rules: [{ matches: [match] }] }, { second });
}

function chosen(
  objects: PolicyObject[],
  path: string,
  more: { method?: string; host?: string; headers?: Record<string, string> } = {},
) {
  const request = { method: 'GET', host: 'web.example', headers: {}, path, ...more };
  return chooseRoute(inOrder(objects.map(toRoute)), request)?.ref.name;
}

describe('which route a request takes', () => {
  it('goes by the length matched, not by the kind of path; the older wins a tie', () => {
    const prefix = route('old-prefix', 1, { path: ['PathPrefix', '/api/x'] });
    const exact = route('young-exact', 2, { path: ['Exact', '/api/x'] });
    expect(chosen([exact, prefix], '/api/x')).toBe('old-prefix');
    const anything = route('young-regex', 2, { path: ['RegularExpression', '/.*'] });
    expect(chosen([prefix, anything], '/api/x/deep')).toBe('young-regex');
    expect(chosen([prefix, anything], '/api/x')).toBe('old-prefix');
  });

  it('counts headers before query parameters before the method', () => {
    const base = { path: ['PathPrefix', '/api'] } as Match;
    const all = [
      route('method', 1, { ...base, method: 'GET' }),
      route('query', 2, { ...base, query: { v: '1' } }),
      route('header', 3, { ...base, headers: { X: '1' } }),
    ];
    expect(chosen(all, '/api?v=1', { headers: { x: '1' } })).toBe('header');
    expect(chosen(all, '/api?v=1')).toBe('query');
    expect(chosen(all, '/api')).toBe('method');
  });

  it('goes by the host before the path, exact before suffix, in any case and with a port', () => {
    const all = [
      route('none', 1, { path: ['PathPrefix', '/api/x'] }),
      route('suffix', 2, { path: ['PathPrefix', '/'] }, ['*.example']),
      route('exact', 3, { path: ['PathPrefix', '/'] }, ['web.example']),
    ];
    expect(chosen(all, '/api/x', { host: 'WEB.example:8080' })).toBe('exact');
    expect(chosen(all, '/api/x', { host: 'a.b.example.' })).toBe('suffix');
    expect(chosen(all, '/api/x', { host: 'example' })).toBe('none');
  });

  it.each([
    ['/api/x', 'r'],
    ['/api/x/', 'r'],
    ['/api/x?y', 'r'],
    ['/api/x/deep', 'r'],
    ['/api/xy', undefined],
    ['/api%2Fx', undefined],
    ['/api/%78', undefined],
    ['/x/../api/x', undefined],
    ['//api/x', undefined],
    ['/API/x', undefined],
  ])('compares paths as sent: the prefix /api/x takes %s: %s', (path, expected) => {
    expect(chosen([route('r', 1, { path: ['PathPrefix', '/api/x/'] })], path)).toBe(expected);
  });

  it('decodes the values of the query, and takes any of several', () => {
    const all = [route('r', 1, { query: { v: '1' } })];
    expect(chosen(all, '/?v=2&v=%31')).toBe('r');
    expect(chosen(all, '/?v=11')).toBeUndefined();
  });

  it.each([
    ['/user/\\d+', '/user/42', 'r'],
    ['/user/\\d+', '/user/42/x', undefined],
    ['(?i)/user', '/USER', 'r'],
    ['/a|/ab', '/ab', undefined],
    ['/(?P<id>x)', '/x', 'r'],
    ['/[', '/[', undefined],
  ])('%s takes %s: %s', (value, path, expected) => {
    expect(chosen([route('r', 1, { path: ['RegularExpression', value] })], path)).toBe(expected);
  });

  it('orders routes of one second by name, whatever their group', () => {
    const gateway = { ...route('b', 1, {}), apiVersion: 'gateway.networking.k8s.io/v1' };
    expect(inOrder([gateway, route('c', 1, {}), route('a', 1, {})].map(toRoute)).map(({ ref }) => ref.name)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('matches gRPC by service, then method, and only POST', () => {
    const rpc = (name: string, method: object) =>
      policyObject('GRPCRoute', name, { rules: [{ matches: [{ method }] }] }, { second: 1 });
    const all = [
      rpc('any', {}),
      rpc('service', { service: 'pkg.Svc' }),
      rpc('both', { service: 'pkg.Svc', method: 'Get' }),
    ];
    const post = { method: 'POST' };
    expect(
      ['/pkg.Svc/Get', '/pkg.Svc/Put', '/pkg.Other/Get', '/pkg.Svc'].map((path) => chosen(all, path, post)),
    ).toEqual(['both', 'service', 'any', undefined]);
    expect(chosen(all, '/pkg.Svc/Get')).toBeUndefined();
  });
});
