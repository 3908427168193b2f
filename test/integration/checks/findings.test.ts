import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from './build-graph.ts';
import { evaluate } from './judge.ts';
import { arrival, keyOf, minute, scan, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const CHECK = 'denied-arrivals';
const denied = (n: number) =>
  trafficWindow(minute(n), minute(n + 1), [], [arrival('shop/web', 'shop/books', 'denied', 4)]);
const quiet = (n: number) => trafficWindow(minute(n), minute(n + 1), []);
/** Looks back three minutes, as a schedule would. */
const record = (n: number) => evaluate(graph, CHECK, { since: minute(n - 3), at: minute(n), record: true });
const findings = () =>
  graph.read(
    `MATCH (finding:Finding) RETURN finding.state AS state, finding.openedAt AS openedAt, finding.resolvedAt AS resolvedAt,
       finding.history AS history, finding.message AS message, finding.severity AS severity`,
  );

test('a finding opens, stays, resolves and opens again, and remembers each state with its time', async () => {
  await refill(graph, [scan, denied(1), denied(2), quiet(3), quiet(4), quiet(5), denied(6)]);
  await record(2);
  await record(3);
  expect(await findings()).toMatchObject([{ state: 'open', openedAt: minute(2), resolvedAt: null, severity: 'high' }]);
  await record(6);
  expect(await findings()).toMatchObject([{ state: 'resolved', openedAt: minute(2), resolvedAt: minute(6) }]);
  await record(7);
  expect(await findings()).toMatchObject([
    {
      state: 'open',
      openedAt: minute(7),
      resolvedAt: null,
      history: [
        `open ${minute(2)}`,
        `resolved ${minute(6)} {"why":"not seen in 3m of traffic without a gap, up to 2026-11-23T17:06:00Z"}`,
        `open ${minute(7)}`,
      ],
    },
  ]);
});

test('the same evaluation twice changes nothing, and an older one neither', async () => {
  await refill(graph, [scan, denied(1), quiet(3), quiet(4), quiet(5)]);
  await record(2);
  await record(6);
  const before = await findings();
  await record(6);
  await record(2);
  expect(await findings()).toEqual(before);
});

test('a finding points at what it concerns, once', async () => {
  await refill(graph, [scan, denied(1)]);
  await record(2);
  await record(3);
  const about = await graph.read(
    'MATCH (:Finding)-[:ABOUT]->(entity) RETURN labels(entity)[0] AS label, entity.key AS key ORDER BY label',
  );
  expect(about).toEqual([
    { label: 'Identity', key: 'test/Identity/web.shop.serviceaccount.identity.linkerd.cluster.local' },
    { label: 'Workload', key: keyOf('Deployment', 'shop/books') },
  ]);
});

test('a check that cannot judge any more leaves its findings open', async () => {
  await refill(graph, [scan, denied(1)]);
  await record(2);
  expect((await record(60)).status).toBe('unknown');
  expect(await findings()).toMatchObject([{ state: 'open', resolvedAt: null }]);
});
