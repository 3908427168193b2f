import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { freshGraph } from '../../neo4j.ts';
import { canonicalLines, deliver } from './traffic-graph.ts';
import { aCall, anArrival, DAY, HOUR, observe, workload } from './traffic-observation.ts';

let graph: Graph;

beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await ensureSchema(graph);
});
beforeEach(() => graph.write('MATCH (n) DETACH DELETE n'));
afterAll(() => graph.close());

/** A graph whose connection is lost for good once `allowed` transactions were committed. */
function breaking(allowed: number): Graph {
  let left = allowed;
  return {
    ...graph,
    transaction: (work) => {
      if (left-- <= 0) throw new Error('connection lost');
      return graph.transaction(work);
    },
  };
}

const first = observe({
  from: DAY,
  calls: [aCall(), aCall({ port: 9090 })],
  arrivals: [anArrival(), anArrival({ verdict: 'denied' })],
});
const second = observe({
  from: DAY,
  delay: 90_000,
  calls: [aCall({ requests: 6 }), aCall({ caller: workload('stock') })],
  arrivals: [anArrival()],
});
const others = [
  observe({ from: DAY - HOUR, calls: [aCall()] }),
  observe({ from: DAY + 300_000, calls: [aCall()], arrivals: [anArrival()] }),
];
const nextDay = observe({ from: DAY + 24 * HOUR, calls: [aCall()], arrivals: [anArrival()] });

async function canonicalOf(...observations: ReturnType<typeof observe>[]): Promise<string[]> {
  await graph.write('MATCH (n) DETACH DELETE n');
  for (const one of observations) await deliver(graph, one);
  return canonicalLines(graph);
}

/** Breaks the write off after 0, 1, 2... transactions until it passes whole; `then` delivers the rest each time. */
async function eachBreak(
  before: ReturnType<typeof observe>[],
  broken: ReturnType<typeof observe>,
  then: () => Promise<void>,
) {
  for (let allowed = 0; ; allowed++) {
    await graph.write('MATCH (n) DETACH DELETE n');
    for (const one of before) await deliver(graph, one);
    const whole = await deliver(breaking(allowed), broken).then(
      () => true,
      (error: Error) => (error.message === 'connection lost' ? false : Promise.reject(error)),
    );
    await graph.write('MATCH (lease:Lease) REMOVE lease.token');
    await then();
    if (whole) return allowed;
  }
}

describe('a write of traffic that breaks off between two transactions', () => {
  it('leaves the same graph as an unbroken one when its window is delivered again', async () => {
    const expected = await canonicalOf(...others, first, nextDay);
    const breaks = await eachBreak(others, first, async () => {
      await deliver(graph, first);
      await deliver(graph, nextDay);
      expect(await canonicalLines(graph)).toEqual(expected);
    });
    expect(breaks).toBeGreaterThan(5);
  });

  it('leaves nothing behind when a later reading of the window comes before it is delivered again', async () => {
    const expected = await canonicalOf(second, first);
    await eachBreak([], first, async () => {
      await deliver(graph, second);
      await deliver(graph, first);
      expect(await canonicalLines(graph)).toEqual(expected);
    });
  });

  it('is made good when an earlier reading of the window comes first', async () => {
    const expected = await canonicalOf(first, second);
    await eachBreak([first], second, async () => {
      await deliver(graph, first);
      await deliver(graph, second);
      expect(await canonicalLines(graph)).toEqual(expected);
    });
  });

  it('folds the rest of a day that was folded in part', async () => {
    const hours = Array.from({ length: 3 }, (_, hour) =>
      observe({ from: DAY + hour * HOUR, calls: [aCall()], arrivals: [anArrival()] }),
    );
    const expected = await canonicalOf(...hours, nextDay);
    await eachBreak(hours, nextDay, async () => {
      await deliver(graph, nextDay);
      await deliver(graph, observe({ from: DAY + 25 * HOUR }));
      expect(await canonicalLines(graph)).toEqual(expected);
      const grains = await graph.read('MATCH ()-[r]->() WHERE r.bucket < $end RETURN DISTINCT r.grain AS grain', {
        end: DAY + 24 * HOUR,
      });
      expect(grains).toEqual([{ grain: 'day' }]);
    });
  });
});

describe('two writers of one cluster', () => {
  it('leave the same traffic as one', async () => {
    const windows = [...others, first, second, nextDay];
    const expected = await canonicalOf(...windows);
    await graph.write('MATCH (n) DETACH DELETE n');
    const writer = async (mine: typeof windows) => {
      for (const window of mine) await deliver(graph, window);
    };
    await Promise.all([writer(windows), writer(windows.toReversed())]);
    expect(await canonicalLines(graph)).toEqual(expected);
  });
});
