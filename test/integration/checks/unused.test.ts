import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { arrival, call, clusterScan, entity, minute, type SmallMesh, start, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const five = minute(5) - start;
const since = (n: number): number => minute(n);

/** A window in which Prometheus saw so many proxies of namespace shop, `silent` of them without samples. */
const seen = (
  from: number,
  calls: Parameters<typeof trafficWindow>[2],
  arrivals: Parameters<typeof trafficWindow>[3] = [],
  proxies = 3,
  silent = 0,
): TrafficObservation => {
  const window = trafficWindow(minute(from), minute(from + 1), calls, arrivals);
  const scrapes = [{ namespace: 'shop', proxies, silent, scrapes: 6, failedScrapes: 0 }];
  return { ...window, coverage: { ...window.coverage, scrapes } };
};

describe('idle-workload', () => {
  const pods = (name: string, meshed = true) => ({ pods: [{ name: `${name}-1`, meshed }] });
  const small: SmallMesh = {
    namespaces: {
      shop: {},
      linkerd: { labels: ['linkerd.io/is-control-plane=true'] },
      'linkerd-viz': { labels: ['linkerd.io/extension=viz'] },
    },
    workloads: {
      'shop/web': pods('web'),
      'shop/books': pods('books'),
      'shop/old': pods('old'),
      'linkerd/identity': pods('identity'),
      'linkerd-viz/prometheus': pods('prometheus'),
    },
  };
  const period = { parameters: { idle: five } };
  const usual = [call('shop/web', 'shop/books', 5)];
  const found = async (windows: TrafficObservation[], mesh: SmallMesh = small, more = period) =>
    messagesOf(await judge(graph, 'idle-workload', [clusterScan(start, mesh), ...windows], more));

  test('finds who neither calls nor is called, whatever probes, scrapes and the control plane do', async () => {
    const calls = [
      call('shop/old', 'linkerd/identity', 1),
      call('linkerd-viz/prometheus', 'shop/old', 6, { port: 4191 }),
    ];
    const probe = arrival(null, 'shop/old', 'allowed', 9, { authorization: { kind: 'default', name: 'probe' } });
    const scrape = arrival('linkerd-viz/prometheus', 'shop/old', 'allowed', 6);
    const windows = [seen(0, usual), seen(8, [...usual, ...calls], [probe, scrape])];
    expect(await found(windows)).toEqual([
      'Deployment shop/old runs, but nobody calls it and it calls nobody, as long as it was watched',
    ]);
  });

  test('says when it was last active', async () => {
    expect(await found([seen(1, [...usual, call('shop/web', 'shop/old', 1)]), seen(8, usual)])).toEqual([
      'Deployment shop/old runs, but nobody calls it and it calls nobody, since 2026-11-23T17:02:00Z',
    ]);
  });

  test.each([
    ['calls a workload', seen(8, [...usual, call('shop/old', 'shop/web', 1)])],
    [
      'calls an address outside',
      seen(8, [...usual, call('shop/old', { type: 'external', address: '203.0.113.1' }, 1)]),
    ],
    ['is called', seen(8, [...usual, call('shop/web', 'shop/old', 1)])],
    ['is called by somebody without a proxy', seen(8, usual, [arrival(null, 'shop/old', 'denied', 1)])],
    ['has a namespace of which Prometheus misses a proxy', seen(8, usual, [], 2)],
    ['has a namespace in which a proxy is silent', seen(8, usual, [], 3, 1)],
  ])('is quiet where it %s', async (_, window) => {
    expect(await found([seen(0, usual), window])).toEqual([]);
  });

  test('is quiet about jobs, about what is young, without a proxy or without running pods, and about what is gone', async () => {
    const windows = [seen(0, usual), seen(8, usual)];
    const with_ = (old: object, props: object = {}) => {
      const { entities, ...rest } = clusterScan(start, {
        ...small,
        workloads: { ...small.workloads, 'shop/old': old },
      });
      return {
        ...rest,
        entities: entities.map((one) =>
          one.key.endsWith('Deployment/old') ? { ...one, props: { ...one.props, ...props } } : one,
        ),
      };
    };
    const quiet = async (old: object, props?: object) =>
      messagesOf(await judge(graph, 'idle-workload', [with_(old, props), ...windows], period));
    expect(await quiet(pods('old'))).toHaveLength(1);
    for (const kind of ['Job', 'CronJob', 'Pod']) expect(await quiet(pods('old'), { kind })).toEqual([]);
    expect(await quiet(pods('old'), { createdAt: since(7) })).toEqual([]);
    expect(await quiet(pods('old', false))).toEqual([]);
    expect(await quiet({ pods: [{ name: 'old-1', props: { phase: 'Succeeded' } }] })).toEqual([]);
    const { 'shop/old': _, ...others } = small.workloads!;
    const gone = clusterScan(minute(9), { ...small, workloads: others });
    expect(messagesOf(await judge(graph, 'idle-workload', [with_(pods('old')), ...windows, gone], period))).toEqual([]);
  });

  test('is not judged before the mesh was watched for that long', async () => {
    const result = await judge(graph, 'idle-workload', [clusterScan(start, small), seen(8, usual)], period);
    expect(result).toMatchObject({ status: 'clean', reason: expect.stringContaining('not judged yet') });
  });
});

describe('egress-network-unused', () => {
  const network = (props: object = {}) => ({
    entities: [
      entity('EgressNetwork', 'egressnetworks.policy.linkerd.io', 'shop/partners', {
        trafficPolicy: 'Allow',
        ...props,
      }),
    ],
    relations: [],
  });
  const mesh = (more = network()): SmallMesh => ({ namespaces: { shop: {} }, workloads: { 'shop/web': {} }, more });
  const out = (address: string, name = 'partners') =>
    call('shop/web', { type: 'external', address }, 2, { egressNetwork: { namespace: 'shop', name } });
  const period = { parameters: { unused: five } };
  const found = async (windows: TrafficObservation[], small = mesh()) =>
    messagesOf(await judge(graph, 'egress-network-unused', [clusterScan(start, small), ...windows], period));

  test('finds one that nobody has called through for long, with what was called last', async () => {
    expect(await found([seen(0, [out('203.0.113.9')]), seen(1, [out('203.0.113.1')]), seen(8, [])])).toEqual([
      'EgressNetwork shop/partners lets calls out, and nobody makes any: the last was to 203.0.113.1 at 2026-11-23T17:02:00Z',
    ]);
    expect(await found([seen(0, []), seen(8, [out('203.0.113.1', 'other')])])).toEqual([
      'EgressNetwork shop/partners lets calls out, and nobody makes any as long as it was watched',
    ]);
  });

  test('is quiet where it is used, where it denies, where it is young, and where it is gone', async () => {
    const windows = [seen(0, []), seen(8, [])];
    expect(await found([seen(0, []), seen(8, [out('203.0.113.1')])])).toEqual([]);
    expect(await found(windows, mesh(network({ trafficPolicy: 'Deny' })))).toEqual([]);
    expect(await found(windows, mesh(network({ createdAt: since(7) })))).toEqual([]);
    const gone = clusterScan(minute(9), mesh({ entities: [], relations: [] }));
    expect(
      messagesOf(await judge(graph, 'egress-network-unused', [clusterScan(start, mesh()), ...windows, gone], period)),
    ).toEqual([]);
    expect((await evaluate(graph, 'egress-network-unused', { ...period, at: minute(8) })).findings).toHaveLength(1);
  });

  test('does not look ahead of the instant', async () => {
    await found([seen(0, []), seen(7, []), seen(9, [out('203.0.113.1')])]);
    const before = await evaluate(graph, 'egress-network-unused', { ...period, at: minute(8) });
    expect(messagesOf(before)).toEqual([expect.stringContaining('as long as it was watched')]);
  });
});
