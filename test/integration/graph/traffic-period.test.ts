import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { readRows } from '../../../shared/graph/questions.ts';
import edges from '../../../shared/questions/edges/query.cypher';
import { type ToldRow, toldRow } from '../../../shared/questions/edges/told.ts';
import { freshGraph } from '../../neo4j.ts';
import { anyReading, expectedTraffic } from './random-traffic.ts';
import { deliver } from './traffic-graph.ts';
import { DAY, HOUR, PERIOD } from './traffic-observation.ts';

let graph: Graph;

beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await ensureSchema(graph);
});
beforeEach(() => graph.write('MATCH (n) DETACH DELETE n'));
afterAll(() => graph.close());

type Slot = { at: number; length: number } & Record<string, number>;
type Period = { readonly since: number; readonly at: number };
type Sum = { count: number; failures: number; refused: number; first: number; last: number };

/** Sums of the windows that start in the period, by layer, ends, port, protocol, verdict and TLS state. */
function expectedSums(series: Record<string, unknown[]>, { since, at }: Period): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const [key, slots] of Object.entries(series)) {
    const [layer, from, to, props] = JSON.parse(key) as [string, string, string, [string, unknown][]];
    const { port, protocol, verdict, tls } = Object.fromEntries(props);
    const count = layer === 'CALLED' && protocol === 'tcp' ? 'connections' : 'requests';
    const name = JSON.stringify([layer, from, to, port, protocol, verdict ?? null, tls]);
    for (const slot of (slots as Slot[]).filter((one) => one.at >= since && one.at < at)) {
      const sum = sums.get(name) ?? { count: 0, failures: 0, refused: 0, first: slot.at, last: 0 };
      sums.set(name, {
        count: sum.count + (slot[count] ?? 0),
        failures: sum.failures + (slot.failures ?? 0),
        refused: sum.refused + (slot.refused ?? 0),
        first: Math.min(sum.first, slot.at),
        last: Math.max(sum.last, slot.at + slot.length),
      });
    }
  }
  return sums;
}

const told = ({ layer, from, to, port, protocol, verdict, tls, count, failures, refused, first, last }: ToldRow) =>
  [
    JSON.stringify([layer, from.key, to.key, port, protocol, verdict, tls]),
    { count, failures, refused, first, last },
  ] as const;

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
          const period = { since: Math.min(a, b), at: Math.max(a, b) };
          const rows = await readRows(graph, edges, { ...period, cluster: 'prod' });
          const sums = new Map(rows.map((row) => told(toldRow.parse(row))));
          expect([...sums].toSorted()).toEqual([...expectedSums(series, period)].toSorted());
        }
      }),
      { numRuns: 10 },
    );
  });
});
