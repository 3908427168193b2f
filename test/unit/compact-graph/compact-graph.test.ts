import { describe, expect, test } from 'vitest';
import { compactGraph, type Deps } from '../../../functions/compact-graph/compact-graph.ts';
import type { Horizon } from '../../../shared/domain/compaction/horizon.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-24T15:00:00Z');
const RETENTION = { windows: 14 * DAY, days: 30 * DAY, closed: 30 * DAY, findings: 30 * DAY };

type Fence = { readonly cluster: string };

/** Clusters with so many batches of one kind of work each; every batch takes `batchMs`. */
function world(batches: Record<string, number>, { batchMs = 1_000, deadlineMs = Number.POSITIVE_INFINITY } = {}) {
  let time = NOW;
  const events: string[] = [];
  const horizons: Horizon[] = [];
  const left = { ...batches };
  const deps: Deps<Fence> = {
    ensureSchema: async () => {},
    readClusters: async () => Object.keys(batches),
    withLease: async (cluster, work) => {
      events.push(`take ${cluster}`);
      await work({ cluster });
      events.push(`give ${cluster}`);
    },
    raiseHorizon: async (_, horizon) => {
      horizons.push(horizon);
      return horizon;
    },
    steps: [
      {
        name: 'days',
        run: async ({ cluster }) => {
          if (!left[cluster]) return 0;
          left[cluster] -= 1;
          time += batchMs;
          return 100;
        },
      },
      { name: 'facts', run: async () => 0 },
    ],
    readSize: async () => ({ nodes: 100, relationships: 100 }),
    readOldest: async () => NOW - 100 * DAY,
    now: () => time,
    hasTime: () => time - NOW < deadlineMs,
    pause: async () => {
      events.push('pause');
    },
  };
  return { deps, events, horizons, left };
}

describe('compaction of a graph', () => {
  test('does one cluster after another, under the lease of each, until nothing is left', async () => {
    const { deps, events, left } = world({ east: 3, west: 1 });
    const { finished, changed } = await compactGraph(deps, RETENTION);
    expect(events).toEqual(['take east', 'give east', 'take west', 'give west']);
    expect({ finished, changed, left }).toEqual({
      finished: true,
      changed: { days: 400, facts: 0 },
      left: { east: 0, west: 0 },
    });
  });

  test('gives the lease back every ten seconds, so that no writer waits for long', async () => {
    const { deps, events } = world({ east: 25 });
    await compactGraph(deps, RETENTION);
    expect(events).toEqual([
      'take east',
      'give east',
      'pause',
      'take east',
      'give east',
      'pause',
      'take east',
      'give east',
    ]);
  });

  test('stops when its time is up, and says that it is not done', async () => {
    const { deps, events, left } = world({ east: 3, west: 1 }, { deadlineMs: 2_000 });
    expect(await compactGraph(deps, RETENTION)).toMatchObject({ finished: false });
    expect(left).toEqual({ east: 1, west: 1 });
    expect(events).not.toContain('take west');
  });

  test('tells what of a budget is used, and tightens nothing that fits', async () => {
    const { deps, horizons } = world({ east: 0 });
    const { budget } = await compactGraph(deps, { ...RETENTION, budget: { nodes: 200, relationships: 400 } });
    expect(budget).toEqual({ used: 50, fits: true, tightened: undefined });
    expect(horizons).toHaveLength(1);
  });

  test('keeps less and less until the graph fits its budget', async () => {
    const { deps, horizons } = world({ east: 0 });
    const readSize = async () => ({ nodes: 100, relationships: horizons.length < 4 ? 500 : 300 });
    const { budget } = await compactGraph(
      { ...deps, readSize },
      { ...RETENTION, budget: { nodes: 200, relationships: 400 } },
    );
    expect(budget).toMatchObject({ used: 75, fits: true, tightened: { months: 42 * DAY } });
    const since = horizons.map(({ monthsSince }) => new Date(monthsSince).toISOString().slice(0, 7));
    expect(since).toEqual(['1970-01', '2026-09', '2026-09', '2026-10']);
  });

  test('keeps a tenth of the budget free while there is anything to give up, but is content without', async () => {
    const { deps, horizons } = world({ east: 0 });
    const { budget } = await compactGraph(deps, { ...RETENTION, budget: { nodes: 105, relationships: 400 } });
    expect(horizons.length).toBeGreaterThan(20);
    expect(budget).toMatchObject({ fits: true, tightened: { windows: DAY } });
  });

  test('gives up at the last day, and says that the budget cannot be kept', async () => {
    const { deps, horizons } = world({ east: 0 });
    const { budget, finished } = await compactGraph(deps, { ...RETENTION, budget: { nodes: 10, relationships: 10 } });
    expect(finished).toBe(true);
    expect(budget).toMatchObject({ used: 1000, fits: false, tightened: { windows: DAY, days: DAY, closed: DAY } });
    const [last] = horizons.toReversed();
    expect(last?.windowsSince).toBe(Date.parse('2026-11-23T00:00:00Z'));
  });

  test('passes on that a cluster has another writer that does not end', async () => {
    const { deps } = world({ east: 1 });
    const withLease = () => Promise.reject(new Error('another writer is at work'));
    await expect(compactGraph({ ...deps, withLease }, RETENTION)).rejects.toThrow('another writer is at work');
  });
});
