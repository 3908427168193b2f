import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { identityOf, type Packed, packSlots, unpackSlots } from '../../../shared/domain/traffic-series/pack.ts';
import { LAYERS } from '../../../shared/domain/traffic-series/slot.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { freshGraph } from '../../neo4j.ts';
import { anyReading, expectedScans, expectedTraffic, traffic } from './random-traffic.ts';
import { canonicalLines, count, deliver } from './traffic-graph.ts';
import { aCall, anArrival, DAY, HOUR, observe, PERIOD } from './traffic-observation.ts';

let graph: Graph;

beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await ensureSchema(graph);
});
beforeEach(() => graph.write('MATCH (n) DETACH DELETE n'));
afterAll(() => graph.close());

const windowAt = (from: number, requests = 1) =>
  observe({ from, calls: [aCall({ requests, outcomes: { '200': requests } })] });

describe('traffic in the graph', () => {
  it('is that of the readings that stand, in any order, with duplicates and late and second readings', async () => {
    const shuffledWithDuplicates = fc.array(anyReading, { minLength: 1, maxLength: 14 }).chain((readings) => {
      const all = [...readings, ...readings.slice(0, 3)];
      return fc.shuffledSubarray(all, { minLength: all.length }).map((delivered) => ({ readings, delivered }));
    });
    await fc.assert(
      fc.asyncProperty(shuffledWithDuplicates, async ({ readings, delivered }) => {
        await graph.write('MATCH (n) DETACH DELETE n');
        for (const reading of delivered) await deliver(graph, reading);
        const lines = await canonicalLines(graph);
        expect(lines).toEqual(lines.toSorted());
        expect(traffic(lines)).toEqual(expectedTraffic(readings));
        const scans = await graph.read<{ key: string; digest: string }>(
          'MATCH (s:Scan) RETURN s.key AS key, s.digest AS digest',
        );
        expect(Object.fromEntries(scans.map(({ key, digest }) => [key, digest]))).toEqual(expectedScans(readings));
        await expectTotalsToAgreeWithWindows();
      }),
      { numRuns: 15 },
    );
  });

  it('gives the same properties whether windows were appended one by one or spliced in backwards', async () => {
    const windows = [0, 1, 2, 3].map((n) =>
      observe({
        from: DAY + n * PERIOD,
        calls: [
          aCall({
            requests: n,
            refused: n % 2,
            outcomes: n === 0 ? {} : { '200': 1, [`50${n}`]: n },
            latencyMs: { p50: n, p95: n + 0.5, p99: 9 },
          }),
        ],
        arrivals: [anArrival({ requests: n })],
      }),
    );
    const stored = () => graph.read('MATCH ()-[r]->() RETURN properties(r) AS props ORDER BY r.id');
    for (const window of windows) await deliver(graph, window);
    const appended = await stored();
    await graph.write('MATCH (n) DETACH DELETE n');
    for (const window of windows.toReversed()) await deliver(graph, window);
    expect(await stored()).toEqual(appended);
  });

  it('keeps whole numbers whole and latencies with their fractions', async () => {
    await deliver(
      graph,
      observe({ from: DAY, calls: [aCall({ bytesSent: 5_000_000_000, latencyMs: { p50: 2, p95: 2.5, p99: 3 } })] }),
    );
    await deliver(graph, observe({ from: DAY + PERIOD, calls: [aCall({ latencyMs: { p50: 2.25, p95: 3, p99: 4 } })] }));
    const [row] = await graph.read(
      'MATCH ()-[c:CALLED]->() RETURN c.bytesSent AS bytes, valueType(c.wBytesSent) AS bytesType, c.wP50 AS p50, c.wP95 AS p95',
    );
    expect(row).toMatchObject({ bytes: 5_000_000_100, p50: [2, 2.25], p95: [2.5, 3] });
    expect(row?.bytesType).toContain('INTEGER');
  });

  it('writes nothing when a window comes again', async () => {
    const window = windowAt(DAY);
    await deliver(graph, window);
    const before = await graph.read(
      'MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN properties(n) AS n, properties(r) AS r ORDER BY n.key',
    );
    expect(await deliver(graph, window)).toMatchObject({
      verdict: 'duplicate',
      appended: 0,
      created: 0,
      spliced: 0,
      dropped: 0,
    });
    const lease = (rows: Record<string, unknown>[]) =>
      rows.filter(({ n }) => !(n as { expiresAt?: number }).expiresAt && !(n as { mark?: string }).mark);
    const after = await graph.read(
      'MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN properties(n) AS n, properties(r) AS r ORDER BY n.key',
    );
    expect(lease(after)).toEqual(lease(before));
  });

  it('is at most 24 relationships a pair while the day runs and one when it is over', async () => {
    for (let from = DAY; from < DAY + 24 * HOUR; from += HOUR / 2) await deliver(graph, windowAt(from));
    expect(await count(graph, '()-[:CALLED {grain: "hour"}]->()')).toBe(24);
    expect(await deliver(graph, windowAt(DAY + 24 * HOUR))).toMatchObject({ folded: 1, created: 1 });
    const rows = await graph.read(
      'MATCH ()-[c:CALLED]->() RETURN c.grain AS grain, c.bucket AS bucket, c.requests AS requests, size(c.at) AS windows ORDER BY bucket',
    );
    expect(rows).toEqual([
      { grain: 'day', bucket: DAY, requests: 48, windows: 48 },
      { grain: 'hour', bucket: DAY + 24 * HOUR, requests: 1, windows: 1 },
    ]);
  });

  it('takes a late window of a folded day into that day', async () => {
    for (const from of [DAY, DAY + 2 * HOUR, DAY + 24 * HOUR]) await deliver(graph, windowAt(from));
    expect(await deliver(graph, windowAt(DAY + HOUR))).toMatchObject({ verdict: 'append', spliced: 1 });
    expect(await graph.read('MATCH ()-[c:CALLED {grain: "day"}]->() RETURN c.at AS at')).toEqual([
      { at: [DAY, DAY + HOUR, DAY + 2 * HOUR] },
    ]);
  });

  it('forgets a relationship of which the standing reading of its only window knows nothing', async () => {
    await deliver(graph, observe({ from: DAY, calls: [aCall(), aCall({ port: 9090 })], arrivals: [anArrival()] }));
    const later = observe({ from: DAY, delay: 90_000, calls: [aCall()] });
    expect(await deliver(graph, later)).toMatchObject({ verdict: 'replace', spliced: 1, dropped: 2 });
    expect(await graph.read('MATCH ()-[r]->() RETURN type(r) AS type, r.port AS port')).toEqual([
      { type: 'CALLED', port: 8080 },
    ]);
  });
});

async function expectTotalsToAgreeWithWindows(): Promise<void> {
  for (const layer of LAYERS) {
    for (const { props } of await graph.read<{ props: Packed }>(
      `MATCH ()-[r:${layer}]->() RETURN properties(r) AS props`,
    )) {
      expect(props).toEqual({ ...identityOf(layer, props), ...packSlots(layer, unpackSlots(layer, props)) });
    }
  }
}
