import { describe, expect, test } from 'vitest';
import { planScans } from '../../../functions/plan-scans/plan-scans.ts';
import type { Window } from '../../../shared/domain/window.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');
const window = (minutes: number, length = 5): Window => ({
  from: NOON + minutes * MINUTE,
  to: NOON + (minutes + length) * MINUTE,
});

const PLAN = {
  cluster: 'prod',
  now: NOON,
  periodMs: 5 * MINUTE,
  settlingMs: 30_000,
  catchUpMs: 60 * MINUTE,
  firstScanMs: 15 * MINUTE,
};

const plan = (covered: Window[], beginning: number | undefined = 0, changes: Partial<typeof PLAN> = {}) =>
  planScans(
    {
      readCovered: async () => covered,
      readBeginning: async (_, after) => (beginning === undefined ? undefined : Math.max(after, beginning)),
    },
    { ...PLAN, ...changes },
  );

describe('the windows to read', () => {
  test('are, at first, those of a configured span back, oldest first, without the one not settled', async () => {
    expect(await plan([])).toEqual([window(-15), window(-10)]);
    expect(await plan([], 0, { now: NOON + 30_000 })).toEqual([window(-15), window(-10), window(-5)]);
  });

  test('go on where the last scan ended', async () => {
    expect(await plan([window(-20), window(-15)])).not.toContainEqual(window(-15));
    expect((await plan([window(-15)])).at(-1)).toEqual(window(-10));
  });

  test('catch up a missed schedule, holes included, as far back as configured', async () => {
    const missed = await plan([window(-300), window(-30), window(-20), window(-10)]);
    expect(missed).toEqual([-60, -55, -50, -45, -40, -35, -25, -15].map((m) => window(m)));
  });

  test('do not reach back before the first one of the cluster, which was chosen', async () => {
    expect(await plan([window(-30), window(-20)])).toEqual([-25, -15, -10].map((m) => window(m)));
  });

  test('are those before the first one where the past is asked for', async () => {
    expect(await plan([window(-5)], 0, { now: NOON - 20 * MINUTE })).toEqual([window(-35), window(-30)]);
  });

  test('catch up after a long absence: a cluster read before is never new again', async () => {
    expect(await plan([window(-700), window(-600)])).toHaveLength(11);
  });

  test('never overlap one that was read with another length: nothing is counted twice', async () => {
    expect(await plan([window(-60, 60)])).toEqual([]);
    expect(await plan([window(-300), window(-12, 1)], 0, { catchUpMs: 15 * MINUTE })).toEqual([window(-10)]);
  });

  test('begin where the source can tell growth, and are none where it has nothing', async () => {
    expect(await plan([], NOON - 12 * MINUTE)).toEqual([window(-10)]);
    expect(await planScans({ readCovered: async () => [], readBeginning: async () => undefined }, PLAN)).toEqual([]);
  });

  test('are none when all was read', async () => {
    const all = Array.from({ length: 12 }, (_, i) => window(-60 + 5 * i));
    expect(await plan(all)).toEqual([]);
  });
});
