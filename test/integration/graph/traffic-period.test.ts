import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import arrivalsInPeriod from '../../../shared/graph/traffic/arrivals-in-period.cypher';
import callsInPeriod from '../../../shared/graph/traffic/calls-in-period.cypher';
import { readMergedCalls } from '../../../shared/graph/traffic/read-merged-calls.ts';
import { freshGraph } from '../../neo4j.ts';
import { anyReading, expectedTraffic } from './random-traffic.ts';
import { deliver } from './traffic-graph.ts';
import { aCall, anArrival, DAY, HOUR, identity, observe, PERIOD, workload } from './traffic-observation.ts';

let graph: Graph;

beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await ensureSchema(graph);
});
beforeEach(() => graph.write('MATCH (n) DETACH DELETE n'));
afterAll(() => graph.close());

type Slot = { at: number; length: number; outcomes: Record<string, number> } & Record<string, number>;
const SUMS = ['requests', 'failures', 'refused', 'connections', 'bytesSent', 'bytesReceived'];

/** Sums of the windows that start in the period, by ends, port and verdict. */
function expectedRows(series: Record<string, unknown[]>, layer: string, since: number, until: number): string[] {
  return Object.entries(series).flatMap(([key, slots]) => {
    const [type, from, to, props] = JSON.parse(key) as [string, string, string, [string, unknown][]];
    const picked = (slots as Slot[]).filter(({ at }) => at >= since && at < until);
    const last = picked.at(-1);
    if (type !== layer || !last) return [];
    const sums = SUMS.map((name) => picked.reduce((total, slot) => total + (slot[name] ?? 0), 0));
    const codes: Record<string, number> = {};
    for (const { outcomes } of picked)
      for (const [code, n] of Object.entries(outcomes)) codes[code] = (codes[code] ?? 0) + n;
    const { port, verdict } = Object.fromEntries(props);
    return JSON.stringify([
      from,
      to,
      port,
      verdict ?? null,
      sums,
      Object.entries(codes).toSorted(),
      picked[0]?.at,
      last.at + last.length,
    ]);
  });
}

type Row = Record<string, unknown> & { codes: { code: string; count: number }[] };
const readRow = (from: string, to: string) => (row: Row) =>
  JSON.stringify([
    row[from],
    row[to],
    row.port,
    row.verdict ?? null,
    SUMS.map((name) => row[name] ?? 0),
    row.codes.map(({ code, count }) => [code, count]).toSorted(),
    row.firstAt,
    row.lastAt,
  ]);

describe('traffic of a period', () => {
  it('is the sum of the windows that start in it, wherever the period cuts hours and days', async () => {
    const anyInstant = fc.oneof(
      fc.nat(600).map((n) => DAY + n * PERIOD),
      fc.nat(60 * HOUR).map((ms) => DAY + ms),
    );
    const periods = fc.array(fc.tuple(anyInstant, anyInstant), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(anyReading, { minLength: 4, maxLength: 12 }), periods, async (readings, cuts) => {
        await graph.write('MATCH (n) DETACH DELETE n');
        for (const reading of readings) await deliver(graph, reading);
        const series = expectedTraffic(readings);
        for (const [a, b] of cuts) {
          const period = { since: Math.min(a, b), until: Math.max(a, b), cluster: 'prod' };
          const calls = await graph.read<Row>(callsInPeriod, { ...period, caller: null, callee: null });
          const arrivals = await graph.read<Row>(arrivalsInPeriod, { ...period, identity: null, workload: null });
          expect(calls.map(readRow('caller', 'callee')).toSorted()).toEqual(
            expectedRows(series, 'CALLED', period.since, period.until).toSorted(),
          );
          expect(arrivals.map(readRow('client', 'workload')).toSorted()).toEqual(
            expectedRows(series, 'ARRIVED_AT', period.since, period.until).toSorted(),
          );
        }
      }),
      { numRuns: 10 },
    );
  });

  it('can be asked of one caller, of one callee of any kind, of both, of one cluster', async () => {
    const external = { type: 'external', address: '203.0.113.10' } as const;
    await deliver(
      graph,
      observe({ from: DAY, calls: [aCall(), aCall({ caller: workload('stock') }), aCall({ callee: external })] }),
    );
    await deliver(graph, observe({ from: DAY, cluster: 'other', calls: [aCall()] }));
    const ask = async (more: Record<string, string>) =>
      (
        await graph.read(callsInPeriod, {
          since: DAY,
          until: DAY + HOUR,
          cluster: null,
          caller: null,
          callee: null,
          ...more,
        })
      ).length;
    expect(await ask({})).toBe(4);
    expect(await ask({ cluster: 'prod' })).toBe(3);
    expect(await ask({ caller: 'prod/shop/Deployment/web' })).toBe(2);
    expect(await ask({ callee: 'prod/shop/Deployment/cart' })).toBe(2);
    expect(await ask({ callee: 'prod/External/203.0.113.10' })).toBe(1);
    expect(await ask({ caller: 'prod/shop/Deployment/stock', callee: 'prod/External/203.0.113.10' })).toBe(0);
  });

  it('tells arrivals of one identity, of the caller without one, and at one workload', async () => {
    const { identity: _none, ...unauthenticated } = anArrival({ verdict: 'denied', tls: 'no_identity', requests: 3 });
    await deliver(
      graph,
      observe({ from: DAY, arrivals: [anArrival(), unauthenticated, anArrival({ workload: workload('stock') })] }),
    );
    const ask = (more: Record<string, string>) =>
      graph.read(arrivalsInPeriod, {
        since: DAY,
        until: DAY + HOUR,
        cluster: null,
        identity: null,
        workload: null,
        ...more,
      });
    expect(await ask({ identity: `prod/Identity/${identity('web')}` })).toHaveLength(2);
    expect(await ask({ workload: 'prod/shop/Deployment/cart' })).toHaveLength(2);
    expect(await ask({ identity: 'prod/Unauthenticated' })).toMatchObject([
      { clientLabel: 'Unauthenticated', workload: 'prod/shop/Deployment/cart', verdict: 'denied', requests: 3 },
    ]);
  });
});

describe('the merged view', () => {
  it('names the caller by the one workload that carries the identity, and keeps the greater count of each window', async () => {
    await deliver(
      graph,
      observe({
        from: DAY,
        calls: [aCall({ requests: 69 }), aCall({ requests: 4, callee: { type: 'external', address: '203.0.113.10' } })],
        arrivals: [
          anArrival({ requests: 71, verdict: 'denied' }),
          anArrival({ identity: identity('gone'), requests: 2 }),
        ],
      }),
    );
    await graph.write(
      `MATCH (w:Workload {name: 'web'}), (i:Identity {name: $identity})
       MERGE (a:ServiceAccount {key: 'prod/shop/ServiceAccount/web'})
       CREATE (w)-[:RUNS_AS {validFrom: $since}]->(a)-[:HAS_IDENTITY {validFrom: $since}]->(i)`,
      { identity: identity('web'), since: DAY },
    );
    const web = 'prod/shop/Deployment/web';
    const denied = {
      caller: web,
      callee: 'prod/shop/Deployment/cart',
      called: 69,
      arrived: 71,
      count: 71,
      verdicts: { denied: 71 },
    };
    const egress = { caller: web, callee: 'prod/External/203.0.113.10', count: 4, verdicts: { unmatched: 4 } };
    const period = { since: DAY, until: DAY + HOUR };
    expect(await readMergedCalls(graph, { ...period, callers: [web] })).toMatchObject([denied, egress]);
    expect(await readMergedCalls(graph, { ...period, callees: [denied.callee] })).toMatchObject([
      denied,
      { caller: `prod/Identity/${identity('gone')}`, count: 2, verdicts: { allowed: 2 } },
    ]);
    expect(await readMergedCalls(graph, period)).toHaveLength(3);
    expect(await readMergedCalls(graph, { since: DAY + PERIOD, until: DAY + HOUR })).toEqual([]);
  });
});
