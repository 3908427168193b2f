import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entity, Relation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { FAMILIES } from '../../../shared/kubernetes/families.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import {
  arrival,
  call,
  clusterScan,
  keyOf,
  mesh,
  minute,
  type SmallMesh,
  scan,
  trafficWindow,
} from '../checks/small-mesh.ts';
import { askGraph, columns } from './ask-graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const iso = (n: number): string => new Date(minute(n)).toISOString();
const told = async (period = {}) =>
  columns(await askGraph(graph, 'orphans', {}, period), 'kind', 'entity', 'why', 'since');

const node = (label: string, family: string, name: string, props: Entity['props'] = {}): Entity => ({
  label,
  family,
  key: keyOf(label, `shop/${name}`),
  props: { namespace: 'shop', name, ...props },
});
const books = { label: 'Workload', key: keyOf('Deployment', 'shop/books') };
const account = (name: string) => ({ label: 'ServiceAccount', key: keyOf('ServiceAccount', name) });
const relation = (
  type: string,
  family: string,
  from: Relation['from'],
  to: Relation['to'],
  props: Relation['props'] = {},
): Relation => ({
  type,
  family,
  from: { label: from.label, key: from.key },
  to: { label: to.label, key: to.key },
  props,
});

/** Traffic both workloads of the small mesh take part in. */
const busy = trafficWindow(minute(0), minute(2), [call('shop/web', 'shop/books', 1)]);

test('a Service that nothing ready answers for is told with who still calls it', async () => {
  const services = {
    'shop/dead': { selects: ['shop/books'] },
    'shop/empty': { selects: [] },
    'shop/alive': { selects: ['shop/web'] },
    'shop/uncalled': { selects: [] },
    'shop/outside': { selects: [], props: { type: 'ExternalName' } },
    'shop/manual': { selects: [], props: { selector: [] } },
    'shop/mirror': { selects: [], props: { mirrorOf: 'dead.shop@east' } },
  };
  const unready = { ...mesh.workloads, 'shop/books': { pods: [{ name: 'books-1', ready: false }] } };
  const to = (name: string) => call('shop/web', { type: 'service', namespace: 'shop', name }, 1);
  const through = call('shop/web', 'shop/books', 1, { service: { namespace: 'shop', name: 'dead' } });
  const calls = [through, ...['empty', 'alive', 'outside', 'manual', 'mirror'].map(to)];
  await refill(graph, [
    clusterScan(minute(0), { ...mesh, workloads: unready, services }),
    trafficWindow(minute(0), minute(1), calls),
    trafficWindow(minute(1), minute(2), [call('shop/web', 'shop/books', 1)]),
  ]);
  expect(await told()).toEqual([
    ['Service', 'shop/dead', 'no ready pod is behind it, and shop/web calls it', minute(1)],
    ['Service', 'shop/empty', 'no ready pod is behind it, and shop/web calls it', minute(1)],
  ]);
  expect(await told({ since: iso(1) })).toEqual([]);
});

test('a workload with a proxy that took no part in any call is told, as far as it was watched', async () => {
  const pods = [{ name: 'x-1' }];
  const idle: SmallMesh = {
    ...mesh,
    workloads: {
      ...mesh.workloads,
      'shop/idle': { pods },
      'shop/counted': { pods: [{ name: 'y-1' }] },
      'shop/podless': {},
    },
  };
  const later = { ...idle, workloads: { ...idle.workloads, 'shop/young': { pods: [{ name: 'z-1' }] } } };
  await refill(graph, [
    clusterScan(minute(0), idle),
    trafficWindow(
      minute(0),
      minute(1),
      [call('shop/web', 'shop/books', 1)],
      [arrival(null, 'shop/counted', 'allowed', 1)],
    ),
    clusterScan(minute(1), later),
  ]);
  const why = (span: string) => `in the ${span} watched it called nobody and nobody called it`;
  expect(await told()).toEqual([['Deployment', 'shop/idle', why('1m'), null]]);

  await refill(graph, [
    clusterScan(minute(0), idle),
    trafficWindow(minute(0), minute(1), [call('shop/idle', 'shop/books', 1)]),
    trafficWindow(minute(1), minute(3), [call('shop/web', 'shop/counted', 1), call('shop/counted', 'shop/books', 1)]),
  ]);
  expect(await told({ since: iso(1) })).toEqual([['Deployment', 'shop/idle', why('2m'), minute(1)]]);
  expect(await told({ since: iso(0) })).toEqual([]);
});

test('where nobody watched no workload is called idle', async () => {
  await refill(graph, [scan]);
  expect(await told()).toEqual([]);
});

test('accounts, roles and policies that nothing uses are told, each with what it lacks', async () => {
  const role = node('Role', 'roles', 'reader', { kind: 'Role' });
  const unused = [
    node('ServiceAccount', 'serviceaccounts', 'left'),
    node('ServiceAccount', 'serviceaccounts', 'default'),
    node('Role', 'roles', 'nobody', { kind: 'Role' }),
    node('Role', 'roles', 'builtin', { kind: 'Role', system: true }),
    node('Server', 'servers.policy.linkerd.io', 'no-pods'),
    node('AuthorizationPolicy', 'authorizationpolicies.policy.linkerd.io', 'no-target'),
    node('ServerAuthorization', 'serverauthorizations.policy.linkerd.io', 'no-server'),
    node('Authentication', 'meshtlsauthentications.policy.linkerd.io', 'no-policy', { kind: 'MeshTLSAuthentication' }),
    node('RateLimit', 'httplocalratelimitpolicies.policy.linkerd.io', 'no-limit', { kind: 'HTTPLocalRateLimitPolicy' }),
    node('Route', 'httproutes.policy.linkerd.io', 'no-parent', { kind: 'HTTPRoute' }),
    node('ServiceProfile', 'serviceprofiles.linkerd.io', 'no-service'),
  ];
  const server = node('Server', 'servers.policy.linkerd.io', 'books-http');
  const rule = node('AuthorizationPolicy', 'authorizationpolicies.policy.linkerd.io', 'rule');
  const clients = node('Authentication', 'meshtlsauthentications.policy.linkerd.io', 'clients');
  const route = node('Route', 'httproutes.policy.linkerd.io', 'route', { kind: 'HTTPRoute' });
  const used = [
    relation('SELECTS', 'servers/selection', server, books),
    relation('TARGETS', 'authorizationpolicies/targets', rule, server),
    relation('REQUIRES', 'authorizationpolicies/requirements', rule, clients),
    relation('ROUTES', 'routes/httproutes.policy.linkerd.io', route, server, { role: 'parent' }),
    relation('BOUND_TO', 'bindings', account('shop/left'), role, { binding: 'RoleBinding/left' }),
  ];
  const backend = relation('ROUTES', 'routes/httproutes.policy.linkerd.io', unused[9]!, server, { role: 'backend' });
  const more = { entities: [role, server, rule, clients, route, ...unused], relations: [...used, backend] };
  await refill(graph, [clusterScan(minute(0), { ...mesh, more }), busy]);
  expect(await told()).toEqual([
    ['ServiceAccount', 'shop/left', 'no workload runs as it, yet it is bound to Role reader', null],
    ['Role', 'shop/nobody', 'no binding grants it', null],
    ['Server', 'shop/no-pods', 'it selects no workload', null],
    ['AuthorizationPolicy', 'shop/no-target', 'it targets nothing that is there', null],
    ['ServerAuthorization', 'shop/no-server', 'it targets no Server that is there', null],
    ['MeshTLSAuthentication', 'shop/no-policy', 'no policy requires it', null],
    ['HTTPLocalRateLimitPolicy', 'shop/no-limit', 'it targets no Server that is there', null],
    ['HTTPRoute', 'shop/no-parent', 'no parent of it is there', null],
    ['ServiceProfile', 'shop/no-service', 'no Service has its name', null],
  ]);
});

test('since when nothing uses it is the end of its last use; before that it was used', async () => {
  const { 'shop/web': web, 'legacy/inventory': inventory } = mesh.workloads!;
  const moved = {
    'shop/web': web!,
    'legacy/inventory': inventory!,
    'shop/books': { ...mesh.workloads!['shop/books'], account: 'shop/other' },
  };
  const old: Entity = {
    ...account('shop/books'),
    family: 'serviceaccounts',
    props: { namespace: 'shop', name: 'books' },
  };
  await refill(graph, [
    scan,
    busy,
    clusterScan(minute(1), { ...mesh, workloads: moved, more: { entities: [old], relations: [] } }),
  ]);
  expect(await told()).toEqual([['ServiceAccount', 'shop/books', 'no workload runs as it', minute(1)]]);
  expect(await told({ at: iso(0.5) })).toEqual([]);
});

test('what uses it must have been read: else nothing is known to be left over, which is said', async () => {
  const left = node('ServiceAccount', 'serviceaccounts', 'left');
  const more = { entities: [left], relations: [] };
  const families = Object.keys(FAMILIES).filter((family) => family !== 'workloads/accounts');
  await refill(graph, [clusterScan(minute(0), { ...mesh, more, families }), busy]);
  const answer = await askGraph(graph, 'orphans');
  expect(answer.rows).toEqual([]);
  expect(answer.summary).toBe('0 things are left over; not known of ServiceAccount: what uses them was not read');
});
