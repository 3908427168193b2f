import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entity, Relation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { evaluate } from '../checks/judge.ts';
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
const known = call('shop/web', 'shop/books', 1);
const window = (n: number, calls = [known], arrivals: Parameters<typeof trafficWindow>[3] = []) =>
  trafficWindow(minute(n), minute(n + 1), calls, arrivals);
const told = async (entity: string, period = {}, values = {}) =>
  columns(await askGraph(graph, 'timeline', { entity, ...values }, period), 'at', 'what', 'entity', 'detail');

const policy = (label: string, family: string, name: string, props: Entity['props'] = {}): Entity => ({
  label,
  family,
  key: keyOf(label, `shop/${name}`),
  props: { namespace: 'shop', name, ...props },
});
const between = (type: string, family: string, from: Entity, to: Pick<Entity, 'label' | 'key'>): Relation => ({
  type,
  family,
  from: { label: from.label, key: from.key },
  to: { label: to.label, key: to.key },
  props: {},
});
const account = (name: string) => ({ label: 'ServiceAccount', key: keyOf('ServiceAccount', name) });

/** The small mesh with a Server on books, a policy that targets it, and an authentication that admits these accounts. */
function lockedDown(spec: string, admitted: readonly string[], more: SmallMesh = mesh): SmallMesh {
  const server = policy('Server', 'servers.policy.linkerd.io', 'books-http');
  const rule = policy('AuthorizationPolicy', 'authorizationpolicies.policy.linkerd.io', 'books-rule');
  const clients = policy('Authentication', 'meshtlsauthentications.policy.linkerd.io', 'clients', { spec });
  const books = { label: 'Workload', key: keyOf('Deployment', 'shop/books') };
  return {
    ...more,
    more: {
      entities: [server, rule, clients],
      relations: [
        between('SELECTS', 'servers/selection', server, books),
        between('TARGETS', 'authorizationpolicies/targets', rule, server),
        between('REQUIRES', 'authorizationpolicies/requirements', rule, clients),
        ...admitted.map((name) => between('ADMITS', 'authentications/admissions', clients, account(name))),
      ],
    },
  };
}

test('a workload: what it became, its pods, its calls, its denials, in order of time', async () => {
  const { 'shop/web': web, 'legacy/inventory': inventory } = mesh.workloads!;
  const restarted = clusterScan(minute(4), {
    ...mesh,
    workloads: {
      'shop/web': web!,
      'legacy/inventory': inventory!,
      'shop/books': { pods: [{ name: 'books-2' }] },
      'shop/new': {},
    },
  });
  const refused = arrival('shop/new', 'shop/books', 'denied', 2, { server: { kind: 'server', name: 'books-http' } });
  await refill(graph, [
    scan,
    window(0),
    window(1),
    window(2, [known, call('shop/new', 'shop/books', 2)], [refused]),
    restarted,
    ...[3, 4, 5, 6].map((n) => window(n)),
  ]);
  const newcomer = 'shop/new → shop/books';
  expect(await told('shop/books')).toEqual([
    [minute(0) - 86_400_000 + 420_000, 'not watched', 'traffic', `23h53m, until ${iso(0).replace('.000', '')}`],
    [minute(2), 'denied', newcomer, `port 8080, by server/books-http, 2 times until ${iso(3).replace('.000', '')}`],
    [minute(2), 'first call', newcomer, null],
    [minute(3), 'last call', newcomer, null],
    [minute(3), 'last denied', newcomer, 'port 8080'],
    [minute(4), 'pod came', 'Workload shop/books', 'shop/books-2'],
    [minute(4), 'pod went', 'Workload shop/books', 'shop/books-1'],
  ]);
  expect(await told('shop/new', { since: iso(1) })).toEqual([
    [minute(2), 'denied', newcomer, expect.any(String)],
    [minute(2), 'first call', newcomer, null],
    [minute(3), 'last call', newcomer, null],
    [minute(3), 'last denied', newcomer, 'port 8080'],
    [minute(4), 'appeared', 'Workload shop/new', null],
  ]);
  expect(await told('shop/web', { since: iso(1) })).toEqual([]);
});

test('only what happened in the period is told, and nothing that came later', async () => {
  // A silence of a minute ends no call yet.
  expect(await told('shop/books', { since: iso(3), at: iso(4) })).toEqual([
    [minute(4), 'pod came', 'Workload shop/books', 'shop/books-2'],
    [minute(4), 'pod went', 'Workload shop/books', 'shop/books-1'],
  ]);
  const early = await told('shop/books', { since: iso(1), at: iso(3) });
  expect(early.map(([, what]) => what)).toEqual(['denied', 'first call']);
});

test('a change of the policy that is about it is told, of a Service and a namespace as well', async () => {
  const before = clusterScan(minute(0), lockedDown('{"identityRefs":["web"]}', ['shop/web']));
  const after = clusterScan(minute(4), lockedDown('{"identityRefs":["web","books"]}', ['shop/web', 'shop/books']));
  await refill(graph, [before, window(0), ...[1, 2, 3, 4].map((n) => window(n)), after]);
  const changed = [
    [minute(4), 'changed', 'Authentication shop/clients', 'spec.identityRefs +books'],
    [minute(4), 'opened', 'Authentication shop/clients', 'ADMITS shop/books'],
  ];
  expect(await told('shop/books', { since: iso(1) })).toEqual(changed);
  expect(await told('shop', { since: iso(1) })).toEqual(changed);
  expect(await told('shop/web', { since: iso(1) })).toEqual([]);
  expect(await told('legacy', { since: iso(1) })).toEqual([]);
});

test('a Service: the calls that went through it, and whom it came to select', async () => {
  const through = call('shop/web', 'shop/books', 1, { service: { namespace: 'shop', name: 'books-svc' } });
  const later = clusterScan(minute(3), {
    ...mesh,
    services: { 'shop/books-svc': { selects: ['shop/books', 'shop/web'], props: { type: 'LoadBalancer' } } },
  });
  await refill(graph, [scan, window(0), window(2, [known, through]), later]);
  expect(await told('shop/service/books-svc', { since: iso(1) })).toEqual([
    [minute(1), 'not watched', 'traffic', `1m, until ${iso(2).replace('.000', '')}`],
    [minute(2), 'first call', 'shop/web → shop/books-svc', 'not watched before'],
    [minute(3), 'changed', 'Service shop/books-svc', 'type: ClusterIP → LoadBalancer'],
    [minute(3), 'opened', 'Service shop/books-svc', 'SELECTS shop/web'],
  ]);
});

test('a namespace: what appeared and vanished in it', async () => {
  const { 'legacy/inventory': _, ...workloads } = mesh.workloads!;
  const inNamespace: SmallMesh['more'] = {
    entities: [],
    relations: ['shop/web', 'shop/books'].map((name) => ({
      type: 'IN_NAMESPACE',
      family: 'workloads',
      from: { label: 'Workload', key: keyOf('Deployment', name) },
      to: { label: 'Namespace', key: 'test/Namespace/shop' },
      props: {},
    })),
  };
  const more = { ...mesh, more: inNamespace };
  const relabelled = { ...more, workloads, namespaces: { ...mesh.namespaces, shop: { inject: 'disabled' } } };
  await refill(graph, [
    clusterScan(minute(0), more),
    window(0),
    clusterScan(minute(2), { ...relabelled, workloads: { 'shop/web': workloads['shop/web']! } }),
    window(1),
  ]);
  expect(await told('shop', { since: iso(0) })).toEqual([
    [minute(2), 'changed', 'Namespace shop', 'inject: enabled → disabled'],
    [minute(2), 'pod went', 'Workload shop/books', 'shop/books-1'],
    [minute(2), 'vanished', 'Workload shop/books', null],
  ]);
});

test('findings are told as they open and are resolved, by the evaluation that saw it', async () => {
  const refused = arrival(null, 'shop/books', 'denied', 2);
  await refill(graph, [scan, window(0, [known], [refused]), ...[1, 2, 3].map((n) => window(n))]);
  await evaluate(graph, 'denied-arrivals', { since: minute(0), at: minute(1), record: true });
  await evaluate(graph, 'denied-arrivals', { since: minute(1), at: minute(3), record: true });
  const findings = (await told('shop/books', { since: iso(0) })).filter(([, what]) => String(what).includes('finding'));
  expect(findings.map(([at, what, entity]) => [at, what, entity])).toEqual([
    [minute(1), 'finding open', 'denied-arrivals'],
    [minute(3), 'finding resolved', 'denied-arrivals'],
  ]);
  expect(String(findings[0]?.[3])).toMatch(/^high: .* 2 times/);
  expect((await told('legacy/inventory', { since: iso(0) })).some(([, what]) => String(what).includes('finding'))).toBe(
    false,
  );
});
