import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketOf, dayOf, type Grain } from '../../../shared/domain/traffic-series/bucket.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { freshGraph } from '../../neo4j.ts';
import { compact, day, deliverAll, history, isWindow, NOW, RETENTION } from './compaction-graph.ts';
import { breaking, canonicalLines, empty, emptyAll } from './structure-graph.ts';
import { aCall, anArrival, observe } from './traffic-observation.ts';

const ALL = history();
let graph: Graph;
/** Of all observations, and of what compaction left of them. */
let whole: string[];
let compacted: string[];
beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await ensureSchema(graph);
  await deliverAll(graph, ALL);
  whole = await canonicalLines(graph);
  await compact(graph);
  compacted = await canonicalLines(graph);
});
afterAll(() => graph?.close());

/** The span a window's counts are kept by after compaction. */
function grainOf(at: number): Grain {
  if (at < day('08-02')) return 'month';
  return at < day('08-06') ? 'day' : 'hour';
}

/** What was observed, added up by layer, span and measure or outcome. */
function observedTotals(): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { window, calls, arrivals } of ALL.filter(isWindow)) {
    const grain = grainOf(window.from);
    const add = (layer: string, name: string, count: number) => {
      const key = `${layer} ${grain} ${bucketOf(window.from, grain)} ${name}`;
      if (count > 0) totals[key] = (totals[key] ?? 0) + count;
    };
    for (const { requests, failures, outcomes } of calls) {
      for (const [name, count] of Object.entries({ requests, failures, ...outcomes })) add('CALLED', name, count);
    }
    for (const { requests } of arrivals) add('ARRIVED_AT', 'requests', requests);
  }
  return totals;
}

describe('compaction', () => {
  it('keeps every total to the request: days and months add up to the windows observed', async () => {
    const rows = await graph.read<{ key: string; count: number }>(`
      MATCH ()-[seen:CALLED|ARRIVED_AT]->()
      UNWIND [['requests', seen.requests], ['failures', seen.failures]]
        + [i IN range(0, size(seen.codes) - 1) | [seen.codes[i], seen.codeCounts[i]]] AS part
      WITH type(seen) + ' ' + seen.grain + ' ' + seen.bucket + ' ' + part[0] AS key, sum(part[1]) AS count
      WHERE count > 0
      RETURN key, count`);
    expect(Object.fromEntries(rows.map(({ key, count }) => [key, count]))).toEqual(observedTotals());
  });

  it('keeps single windows as far back as it should and no further', async () => {
    const [lists] = await graph.read<{ kept: number; dropped: number }>(`
      MATCH ()-[seen:CALLED|ARRIVED_AT]->()
      RETURN min(CASE WHEN seen.at IS NOT NULL THEN seen.firstAt END) AS kept,
             max(CASE WHEN seen.at IS NULL THEN seen.lastAt END) AS dropped`);
    expect([lists?.kept, lists?.dropped].map((at) => dayOf(at ?? 0))).toEqual([day('08-04'), day('08-03')]);
  });

  it('done twice is done once', async () => {
    const { changed, finished } = await compact(graph);
    expect(finished).toBe(true);
    expect(new Set(Object.values(changed))).toEqual(new Set([0]));
    expect(await canonicalLines(graph)).toEqual(compacted);
  });

  it('is not undone by what comes late or again: nothing doubles, nothing rises', async () => {
    const neverSeen = observe({ from: day('08-01'), calls: [aCall()], arrivals: [anArrival()] });
    const old = ALL.filter(({ at }) => at < day('08-04'));
    const verdicts = await deliverAll(graph, [neverSeen, ...old]);
    expect(new Set(verdicts)).toEqual(new Set(['superseded']));
    expect(await canonicalLines(graph)).toEqual(compacted);
  });

  it('is undone by a replay of the log, which writes all there is', async () => {
    await emptyAll(graph);
    await deliverAll(graph, ALL);
    expect(await canonicalLines(graph)).toEqual(whole);
  });

  it('killed time and again after a few transactions ends the same', async () => {
    let kills = 0;
    for (let finished = false; !finished; ) {
      try {
        ({ finished } = await compact(breaking(graph, 2 + (kills % 6))));
      } catch (error) {
        if ((error as Error).message !== 'connection lost') throw error;
        kills += 1;
      }
      // Most steps find nothing to do, and still take a transaction each.
      if (kills === 40) ({ finished } = await compact(graph));
    }
    expect(kills).toBeGreaterThan(10);
    expect(await canonicalLines(graph)).toEqual(compacted);
  });

  it('comes before, between or after observations of what is kept whole: the graph is the same', async () => {
    const late = ALL.filter(({ at }) => at >= day('08-04')).filter((_, i) => i % 3 === 0);
    const then = ALL.filter((one) => one.at >= day('08-05') || late.includes(one));
    await empty(graph);
    await deliverAll(
      graph,
      ALL.filter((one) => !then.includes(one)),
    );
    let seconds = 0;
    // Ten steps a slice, and a pause between them that is long enough for a writer that waits.
    const slices = { now: () => NOW + 1_000 * seconds++, pause: () => sleep(100) };
    await Promise.all([compact(graph, RETENTION, slices), deliverAll(graph, [...then.toReversed(), ...then])]);
    await compact(graph);
    expect(late.length).toBeGreaterThan(0);
    expect(await canonicalLines(graph)).toEqual(compacted);
  });

  it('takes away what a broken write left that nobody delivered again', async () => {
    const from = day('07-28') + 3_600_000 * 5;
    const broken = observe({ from, calls: [aCall()], arrivals: [anArrival()] });
    await empty(graph);
    await deliverAll(
      graph,
      ALL.filter(({ at }) => at < from),
    );
    await expect(deliverAll(breaking(graph, 4), [broken])).rejects.toThrow('connection lost');
    expect(await canonicalLines(graph)).toContainEqual(expect.stringContaining(`"at":${from}`));
    await deliverAll(
      graph,
      ALL.filter(({ at }) => at >= from),
    );
    await compact(graph);
    expect(await canonicalLines(graph)).toEqual(compacted);
  });
});
