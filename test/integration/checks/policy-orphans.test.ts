import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entity, Relation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { clusterScan, entity, keyOf, mesh, minute, relation, start } from './small-mesh.ts';
import { admits, type Facts, facts, server } from './small-policy.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const scan = (at: number, ...parts: Facts[]) => clusterScan(at, { ...mesh, more: facts(...parts) });
const one = (node: Entity, relations: readonly Relation[] = []): Facts => ({ entities: [node], relations });
const spec = (value: object) => ({ spec: JSON.stringify(value) });

describe('policy-without-target', () => {
  const policy = (name: string, kind: string) =>
    entity('AuthorizationPolicy', 'authorizationpolicies.policy.linkerd.io', name, {
      kind: 'AuthorizationPolicy',
      ...spec({ targetRef: { group: 'policy.linkerd.io', kind, name: 'gone' } }),
    });
  const route = (name: string, ...parentRefs: object[]) =>
    entity('Route', 'httproutes.gateway.networking.k8s.io', name, { kind: 'HTTPRoute', ...spec({ parentRefs }) });
  const profile = (name: string) =>
    entity('ServiceProfile', 'serviceprofiles.linkerd.io', name, { kind: 'ServiceProfile' });
  const service = { label: 'Service', key: keyOf('Service', 'shop/books-svc') };
  const period = { parameters: { grace: minute(5) - start } };
  const found = async (...parts: Facts[]) =>
    messagesOf(await judge(graph, 'policy-without-target', [scan(start, ...parts)], period));

  test('finds what applies to nothing, and says what is missing', async () => {
    const limit = entity('RateLimit', 'httplocalratelimitpolicies.policy.linkerd.io', 'shop/limit', {
      kind: 'HTTPLocalRateLimitPolicy',
      ...spec({ targetRef: { kind: 'Server', name: 'gone' } }),
    });
    const authorizations = ['serverauthorizations.policy.linkerd.io', 'serverauthorizations.policy.linkerd.io'].map(
      (family, index) =>
        entity('ServerAuthorization', family, `shop/sa-${index}`, {
          kind: 'ServerAuthorization',
          ...spec({ server: index === 0 ? { name: 'gone' } : { selector: {} } }),
        }),
    );
    expect(
      await found(
        one(policy('shop/allow', 'HTTPRoute')),
        server('shop/empty', []),
        ...authorizations.map((node) => one(node)),
        one(limit),
        one(route('shop/r', { kind: 'Service', name: 'gone' }, { kind: 'Server', name: 'lost', namespace: 'legacy' })),
        one(profile('shop/gone.shop.svc.cluster.local')),
      ),
    ).toEqual([
      'AuthorizationPolicy shop/allow targets HTTPRoute shop/gone, which does not exist: it has no effect',
      'HTTPLocalRateLimitPolicy shop/limit targets Server shop/gone, which does not exist: it has no effect',
      'HTTPRoute shop/r belongs to Service shop/gone, Server legacy/lost, which do not exist: it has no effect',
      'Server shop/empty selects no pod: it has no effect',
      'ServerAuthorization shop/sa-0 is for Server shop/gone, which does not exist: it has no effect',
      'ServerAuthorization shop/sa-1 selects no Server by its labels: it has no effect',
      'ServiceProfile shop/gone.shop.svc.cluster.local is for Service shop/gone, which does not exist: it has no effect',
    ]);
  });

  test('is quiet about what applies to something, and about what the graph cannot know', async () => {
    const parented = route('shop/r', { kind: 'Service', name: 'books-svc' });
    const parent = {
      ...relation('ROUTES', 'routes/httproutes.gateway.networking.k8s.io', parented, service),
      props: { role: 'parent' },
    };
    const known = profile('shop/books-svc.shop.svc.cluster.local');
    expect(
      await found(
        server('shop/web-http', ['shop/web']),
        admits('shop/allow', { on: ['Server', 'shop/web-http'], accounts: ['shop/web'] }),
        one(parented, [parent]),
        one(known, [relation('ROUTES', 'services/profiles', known, service)]),
        one(route('shop/ingress', { kind: 'Gateway', name: 'public' })),
        one(route('shop/implied', { name: 'public' })),
        one(profile('shop/api.example.com')),
      ),
    ).toEqual([]);
  });

  test('knows a backend from a parent', async () => {
    const lost = route('shop/r', { kind: 'Service', name: 'gone' });
    const backend = {
      ...relation('ROUTES', 'routes/httproutes.gateway.networking.k8s.io', lost, service),
      props: { role: 'backend' },
    };
    expect(await found(one(lost, [backend]))).toHaveLength(1);
  });

  test('waits after it was made, and after what it applied to went', async () => {
    const young = entity('Server', 'servers.policy.linkerd.io', 'shop/young', { createdAt: minute(8) });
    expect(await found(one(young))).toEqual([]);
    const scans = [scan(start, server('shop/s', ['shop/web'])), scan(minute(3), server('shop/s', []))];
    expect(messagesOf(await judge(graph, 'policy-without-target', scans, period))).toHaveLength(1);
    const at = async (instant: number) => evaluate(graph, 'policy-without-target', { ...period, at: instant });
    expect((await at(minute(7))).status).toBe('clean');
    const ended = [...scans, scan(minute(9))];
    expect(messagesOf(await judge(graph, 'policy-without-target', ended, period))).toEqual([]);
  });

  test('does not count what it applied to only later', async () => {
    const scans = [scan(start, server('shop/s', [])), scan(minute(8), server('shop/s', ['shop/web']))];
    await judge(graph, 'policy-without-target', scans, period);
    expect((await evaluate(graph, 'policy-without-target', { ...period, at: minute(7) })).findings).toHaveLength(1);
  });
});

describe('authorization-void', () => {
  const requiring = (...requiredAuthenticationRefs: object[]) =>
    entity(
      'AuthorizationPolicy',
      'authorizationpolicies.policy.linkerd.io',
      'shop/allow',
      spec({ requiredAuthenticationRefs }),
    );
  const clients = entity('Authentication', 'meshtlsauthentications.policy.linkerd.io', 'shop/clients', {
    kind: 'MeshTLSAuthentication',
  });
  const named = { kind: 'MeshTLSAuthentication', name: 'clients' };
  const web = { label: 'ServiceAccount', key: keyOf('ServiceAccount', 'shop/web') };
  const requires = (node: Entity, to: Pick<Entity, 'label' | 'key'>) =>
    relation('REQUIRES', 'authorizationpolicies/requirements', node, to);

  test('finds a policy that requires what does not exist, though it requires what does too', async () => {
    const node = requiring(named, { kind: 'NetworkAuthentication', name: 'office', namespace: 'legacy' });
    const observations = [scan(start, one(clients), one(node, [requires(node, clients)]))];
    expect(messagesOf(await judge(graph, 'authorization-void', observations))).toEqual([
      'AuthorizationPolicy shop/allow requires NetworkAuthentication legacy/office, which does not exist: it admits nobody',
    ]);
  });

  test('is quiet where all is there, and follows what comes and goes', async () => {
    const node = requiring(named, { kind: 'ServiceAccount', name: 'web' });
    const whole = (at: number) => scan(at, one(clients), one(node, [requires(node, clients), requires(node, web)]));
    const lacking = (at: number) => scan(at, one(node, [requires(node, web)]));
    expect(messagesOf(await judge(graph, 'authorization-void', [whole(start)]))).toEqual([]);
    await judge(graph, 'authorization-void', [whole(start), lacking(minute(3)), whole(minute(6)), scan(minute(8))]);
    const at = async (instant: number) =>
      (await evaluate(graph, 'authorization-void', { at: instant })).findings.length;
    expect([await at(minute(1)), await at(minute(4)), await at(minute(7)), await at(minute(9))]).toEqual([0, 1, 0, 0]);
    await judge(graph, 'authorization-void', [lacking(start), whole(minute(5)), lacking(minute(7))]);
    expect([await at(minute(4)), await at(minute(6)), await at(minute(8))]).toEqual([1, 0, 1]);
    await judge(graph, 'authorization-void', [lacking(start), scan(minute(5))]);
    expect([await at(minute(4)), await at(minute(6))]).toEqual([1, 0]);
  });
});
