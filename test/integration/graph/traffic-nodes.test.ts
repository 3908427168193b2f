import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { freshGraph } from '../../neo4j.ts';
import { deliver } from './traffic-graph.ts';
import { aCall, anArrival, DAY, HOUR, identity, observe, PERIOD, workload } from './traffic-observation.ts';

let graph: Graph;

beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await ensureSchema(graph);
});
beforeEach(() => graph.write('MATCH (n) DETACH DELETE n'));
afterAll(() => graph.close());

const nodeOf = async (label: string, key: string) =>
  (
    await graph.read<{ props: Record<string, unknown> }>(
      `MATCH (n:${label} {key: $key}) RETURN properties(n) AS props`,
      { key },
    )
  )[0]?.props;

describe('nodes that traffic names', () => {
  it('begin with what traffic knows of them', async () => {
    const { identity: _none, ...unauthenticated } = anArrival({ tls: 'no_identity' });
    await deliver(
      graph,
      observe({
        from: DAY,
        calls: [
          aCall(),
          aCall({ callee: { type: 'external', address: '203.0.113.10' } }),
          aCall({ callee: { type: 'service', namespace: 'shop', name: 'gone' } }),
          aCall({ callee: { type: 'egressNetwork', namespace: 'shop', name: 'payments' } }),
        ],
        arrivals: [anArrival(), unauthenticated],
      }),
    );
    const seen = { cluster: 'prod', firstSeen: DAY, lastSeen: DAY + PERIOD };
    const web = { ...seen, key: 'prod/shop/Deployment/web', ...workload('web') };
    expect(await nodeOf('Workload', web.key)).toEqual(web);
    expect(await nodeOf('External', 'prod/External/203.0.113.10')).toMatchObject({
      ...seen,
      name: '203.0.113.10',
      address: '203.0.113.10',
    });
    expect(await nodeOf('Service', 'prod/shop/Service/gone')).toMatchObject({
      ...seen,
      namespace: 'shop',
      name: 'gone',
    });
    expect(await nodeOf('EgressNetwork', 'prod/shop/EgressNetwork/payments')).toMatchObject({
      ...seen,
      name: 'payments',
    });
    expect(await nodeOf('Identity', `prod/Identity/${identity('web')}`)).toMatchObject({
      ...seen,
      name: identity('web'),
      form: 'dns',
    });
    expect(await nodeOf('Unauthenticated', 'prod/Unauthenticated')).toMatchObject(seen);
  });

  it('keep what a cluster scan said of them, and were seen from the first to the last window whatever the order', async () => {
    const scanned = {
      key: 'prod/shop/Deployment/web',
      name: 'web',
      validFrom: DAY,
      hash: 'h',
      labels: ['a=b'],
      firstSeen: DAY + HOUR,
    };
    await graph.write('CREATE (n:Workload) SET n = $scanned', { scanned });
    for (const from of [DAY + 3 * HOUR, DAY, DAY + HOUR]) await deliver(graph, observe({ from, calls: [aCall()] }));
    expect(await nodeOf('Workload', scanned.key)).toEqual({
      ...scanned,
      cluster: 'prod',
      ...workload('web'),
      firstSeen: DAY,
      lastSeen: DAY + 3 * HOUR + PERIOD,
    });
  });

  it('are the same when a reading that does not stand named them first or last', async () => {
    const first = observe({ from: DAY, calls: [aCall({ caller: workload('ghost') })] });
    const second = observe({ from: DAY, delay: 90_000, calls: [aCall()] });
    const nodes = async (...order: (typeof first)[]) => {
      await graph.write('MATCH (n) DETACH DELETE n');
      for (const one of order) await deliver(graph, one);
      return graph.read('MATCH (n) WHERE n.firstSeen IS NOT NULL RETURN properties(n) AS props ORDER BY n.key');
    };
    expect(await nodes(first, second)).toEqual(await nodes(second, first));
  });
});
