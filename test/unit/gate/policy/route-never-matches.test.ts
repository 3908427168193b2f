import { expect, test } from 'vitest';
import { routeNeverMatches } from '../../../../shared/gate/rules/policy/route-never-matches.ts';
import { judgeRule } from '../judge-rule.ts';
import { ref, route, server } from '../small-objects.ts';

const web = server('web');
const onWeb = `[${ref('Server', 'web')}]`;
const path = (type: string, value: string, more = '') =>
  `[{matches: [{path: {type: ${type}, value: ${value}}${more}}]}]`;
const older = (rules: string) => route('older', onWeb, rules, '2026-01-01T00:00:00Z');
const younger = (rules: string) => route('younger', onWeb, rules, '2026-06-01T00:00:00Z');
const found = (apply: string, before = web) => judgeRule(routeNeverMatches, { before, apply }).caused;

// Oracle 1: of two routes with the same match the older wins.
test('a route with the match of an older one takes no request', () => {
  expect(found(younger(path('PathPrefix', '/a/')), web + older(path('PathPrefix', '/a')))).toEqual([
    {
      severity: 'medium',
      at: 'HTTPRoute.policy.linkerd.io/shop/younger spec.rules[0].matches[0]',
      message:
        'HTTPRoute shop/younger takes no request: HTTPRoute older on Server web matches all that it does and comes first, being older or first by name',
    },
  ]);
});

test.each([
  ['another path', path('PathPrefix', '/b')],
  ['the path exactly', path('Exact', '/a')],
  ['a method too', path('PathPrefix', '/a', ', method: GET')],
  ['a header too', path('PathPrefix', '/a', ', headers: [{name: x, value: y}]')],
  ['one match more', `[{matches: [{path: {value: /a}}, {path: {value: /c}}]}]`],
])('a route with %s is taken', (_, rules) => {
  expect(found(younger(rules), web + older(path('PathPrefix', '/a')))).toEqual([]);
});

// Oracle 1: a regular expression counts the whole path, so an older one that takes any path ties or wins everywhere.
test('an older route of any path takes all that asks for a path only', () => {
  const any = web + older(path('RegularExpression', '/.*'));
  expect(found(younger(path('PathPrefix', '/a')), any)).toHaveLength(1);
  expect(found(younger(path('PathPrefix', '/a', ', method: GET')), any)).toEqual([]);
});

test('routes on two Servers, or for two hosts, do not shadow each other', () => {
  const rules = path('PathPrefix', '/a');
  const hosted = younger(rules).replace('spec: {', 'spec: {hostnames: [a.example], ');
  expect(found(hosted, web + older(rules))).toEqual([]);
  const onApi = route('younger', `[${ref('Server', 'api')}]`, rules, '2026-06-01T00:00:00Z');
  expect(found(onApi, web + server('api') + older(rules))).toEqual([]);
});

// Oracle 7: the whole route counts for nothing, though its status says Accepted.
test.each([
  ['port', 8080],
  ['sectionName', 'http'],
])('a parentRef to a Server with a %s voids the route', (field, value) => {
  const [voided] = found(route('r', `[${ref('Server', 'web', `, ${field}: ${value}`)}]`));
  expect(voided?.at).toBe(`HTTPRoute.policy.linkerd.io/shop/r spec.parentRefs[0].${field}`);
  expect(voided?.message).toContain(`a parentRef to a Server must not have a ${field}`);
});

test('an HTTPRoute on a gRPC Server is not used', () => {
  const grpc = server('web', '{podSelector: {}, port: 8080, proxyProtocol: gRPC}');
  expect(found(route('r', onWeb), grpc)[0]?.message).toContain('a Server with proxyProtocol gRPC uses no HTTPRoutes');
  expect(found(route('r', onWeb))).toEqual([]);
});

test('a parentRef to a port its Service does not have leads nowhere', () => {
  const service =
    '---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 80}]}\n';
  const on = (port: number) => route('r', `[{group: '', kind: Service, name: web, port: ${port}}]`);
  expect(found(on(8080), service)[0]?.message).toContain('Service web has no port 8080, it has 80');
  expect(found(on(80), service)).toEqual([]);
});

test('a route to a Server of another namespace is left to policy-in-wrong-namespace', () => {
  expect(found(route('r', `[${ref('Server', 'web', ', namespace: books')}]`))).toEqual([]);
});
