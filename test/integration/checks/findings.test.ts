import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from './build-graph.ts';
import { evaluate } from './judge.ts';
import { arrival, call, keyOf, minute, scan, trafficWindow } from './small-mesh.ts';

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

describe('silence in traffic is the end of a finding only where somebody listened all the time:', () => {
  const stateAt = async (n: number, lookedBack = 3) => {
    await evaluate(graph, CHECK, { since: minute(n - lookedBack), at: minute(n), record: true });
    return (await findings()).map(({ state }) => state);
  };
  const heard = (...minutes: number[]) => refill(graph, [scan, denied(1), denied(2), ...minutes.map(quiet)]);

  test('a window that is missing leaves it open until a whole period was heard', async () => {
    await heard(3, 5, 6, 7);
    expect(await stateAt(3)).toEqual(['open']);
    expect(await stateAt(6)).toEqual(['open']);
    expect(await stateAt(7)).toEqual(['open']);
    expect(await stateAt(8)).toEqual(['resolved']);
  });

  test('so does one that was read only in part', async () => {
    const part = trafficWindow(minute(4), minute(5), [], [], false);
    await refill(graph, [scan, denied(1), denied(2), quiet(3), part, quiet(5), quiet(6), quiet(7)]);
    expect(await stateAt(3)).toEqual(['open']);
    expect(await stateAt(6)).toEqual(['open']);
    expect(await stateAt(8)).toEqual(['resolved']);
  });

  test('a shorter period than the one that found it leaves it open, and several that follow each other add up', async () => {
    await heard(3, 4, 5);
    expect(await stateAt(3)).toEqual(['open']);
    expect(await stateAt(4, 1)).toEqual(['open']);
    expect(await stateAt(5, 1)).toEqual(['open']);
    expect(await stateAt(6, 1)).toEqual(['resolved']);
  });

  test('a parameter of one run ends nothing, the configuration’s does and is named', async () => {
    const watched = [
      trafficWindow(minute(0), minute(1), []),
      trafficWindow(minute(1), minute(2), [call('shop/web', 'shop/books', 1)]),
    ];
    await refill(graph, [scan, ...watched, quiet(2)]);
    const record = (n: number, learning: number, justThisOnce = false) =>
      evaluate(graph, 'first-time-caller', {
        since: minute(0),
        at: minute(n),
        record: true,
        parameters: { learning: minute(learning) - minute(0) },
        justThisOnce,
      });
    await record(2, 1);
    await record(3, 2, true);
    expect(await findings()).toMatchObject([{ state: 'open' }]);
    await record(3, 2);
    expect(await findings()).toMatchObject([
      {
        state: 'resolved',
        history: [expect.any(String), expect.stringContaining('learning=2m instead of learning=1m')],
      },
    ]);
  });
});
