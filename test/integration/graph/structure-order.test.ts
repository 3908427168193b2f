import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { deliveries } from './random-scans.ts';
import { breaking, canonicalLines, deliver, empty } from './structure-graph.ts';
import { partOf, pod, scanOf, workload } from './structure-observation.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

async function canonicalOf(observations: readonly Observation[]): Promise<string[]> {
  await empty(graph);
  for (const one of observations) await deliver(graph, one);
  return canonicalLines(graph);
}

describe('the graph', () => {
  it('is the same whatever the order and number of deliveries', async () => {
    const property = fc.asyncProperty(deliveries({ minLength: 3, maxLength: 6 }), async ({ inOrder, delivered }) => {
      const expected = await canonicalOf(inOrder);
      expect(await canonicalOf(delivered)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 8, endOnFailure: true });
  }, 300_000);

  it('is the same when two writers at once deliver the same scans in opposite orders', async () => {
    const property = fc.asyncProperty(deliveries({ minLength: 4, maxLength: 6 }), async ({ inOrder, delivered }) => {
      const expected = await canonicalOf(inOrder);
      await empty(graph);
      const writeAll = async (all: readonly Observation[]) => {
        for (const one of all) await deliver(graph, one);
      };
      await Promise.all([writeAll(delivered), writeAll(delivered.toReversed())]);
      expect(await canonicalLines(graph)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 3, endOnFailure: true });
  });

  it('is of several readings of one instant as the last one saw it', async () => {
    const web = workload('web');
    const [a, b] = [pod('web-a'), pod('web-b')];
    const first = scanOf(200, [web, a, partOf(a, web)], { id: 'first', readAt: 201 });
    const last = scanOf(200, [web, b, partOf(b, web)], { id: 'last', readAt: 202 });
    const around = [scanOf(100, [web, a, partOf(a, web)]), scanOf(300, [web, b, partOf(b, web)])];
    const expected = await canonicalOf([...around, last, first]);
    expect(await canonicalOf([first, last, ...around])).toEqual(expected);
    const pods = await graph.read(
      'MATCH (p:Pod) RETURN p.name AS name, p.validFrom AS f, p.validTo AS t ORDER BY name',
    );
    expect(pods).toEqual([
      { name: 'web-a', f: 100, t: 200 },
      { name: 'web-b', f: 200, t: null },
    ]);
  });
});

describe('a write that breaks off between two transactions', () => {
  const web = workload('web', { replicas: 1 });
  const [a, b] = [pod('web-a'), pod('web-b')];
  const first = scanOf(100, [web, a, partOf(a, web)]);
  const broken = scanOf(200, [workload('web', { replicas: 2 }), b, partOf(b, web)]);
  const between = scanOf(150, [workload('web', { replicas: 3 }), a, b, partOf(a, web)]);
  const later = scanOf(300, [workload('web', { replicas: 1 }), a, partOf(a, web)]);

  /** Breaks `broken` off after 0, 1, 2... transactions until it passes whole; `then` is delivered each time. */
  async function eachBreak(before: readonly Observation[], then: readonly Observation[], expected: readonly string[]) {
    for (let allowed = 0; ; allowed++) {
      await empty(graph);
      for (const one of before) await deliver(graph, one);
      const whole = await deliver(breaking(graph, allowed), broken).then(
        () => true,
        (error: Error) => (error.message === 'connection lost' ? false : Promise.reject(error)),
      );
      await graph.write('MATCH (lease:Lease) REMOVE lease.token');
      for (const one of then) await deliver(graph, one);
      expect(await canonicalLines(graph)).toEqual(expected);
      if (whole) return allowed;
    }
  }

  it('is made good when its scan is delivered again', async () => {
    const breaks = await eachBreak([first], [broken, later], await canonicalOf([first, broken, later]));
    expect(breaks).toBeGreaterThan(5);
  });

  it('is made good when a later scan comes first', async () => {
    await eachBreak([first], [later, broken], await canonicalOf([first, broken, later]));
  });

  it('is made good when an earlier scan comes first', async () => {
    await eachBreak([first], [between, broken, later], await canonicalOf([first, between, broken, later]));
  });

  it('of a first load is made good when the scan is delivered again', async () => {
    await eachBreak([], [broken, later], await canonicalOf([broken, later]));
  });
});
