import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { QUESTIONS } from '../../../shared/questions/registry.ts';
import { BENCHES } from '../../bench/benches.ts';
import type { Measured } from '../../bench/report.ts';

const smoke = (name: string): Promise<Measured> => {
  const bench = BENCHES.find((one) => one.name === name);
  if (!bench) throw new Error(`no bench ${name}`);
  return bench.smoke();
};

/** Counts and invariants of the benches, run small. No times: this machine may be busy. */
describe('the benches', { timeout: 240_000 }, () => {
  it('read a grown cluster whole', async () => {
    const { figures, table } = await smoke('read-cluster');
    expect(figures).toMatchObject({ problems: 0 });
    expect(figures.pods).toBeGreaterThan(150);
    expect(figures.peakBytes).toBeGreaterThan(0);
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
  });

  it('write it once, and nothing of it twice', async () => {
    const { figures } = await smoke('write-cluster');
    expect(figures.relationshipsOfFirst).toBeGreaterThan(1_000);
    expect(figures.relationshipsOfAgain).toBe(0);
    expect(figures.relationshipsOfImport).toBe(figures.relationshipsOfFirst);
  });

  it('read every request of a fed mesh in at most ten queries', async () => {
    const { figures } = await smoke('read-traffic');
    expect(figures).toMatchObject({ calls: 16, arrivals: 16, missedRequests: 0, missedArrivals: 0, problems: 0 });
    expect(figures.queries).toBeLessThanOrEqual(10);
  });

  it('write windows of traffic', async () => {
    const { figures, table } = await smoke('write-traffic');
    expect(Object.values(figures).every((ms) => ms > 0)).toBe(true);
    expect(table.rows.length).toBeGreaterThan(0);
  });

  it('compact days of traffic', async () => {
    const { figures } = await smoke('compact-graph');
    // Of 40 days, by two sides and pairs: 30 single days, the one that runs, and what was before them as one month.
    expect(figures).toMatchObject({ relationshipsBefore: 41 * 4, relationshipsAfter: 32 * 4 });
  });

  it('judge manifests, and tell of every call that was planted to be turned away', async () => {
    const { figures, table } = await smoke('gate');
    expect(figures).toMatchObject({ manifests: 30, allManifests: 40 * 6 });
    expect(figures.broken).toBeGreaterThan(0);
    expect([figures.turned, figures.allTurned]).toEqual([figures.broken, figures.allBroken]);
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
  });

  it('judge a mesh imported in bulk by every check', async () => {
    const { figures, table } = await smoke('checks');
    expect(figures).toEqual({ judged: CHECKS.length, refused: 0 });
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
  });

  it('ask every question of a mesh imported in bulk, and are answered', async () => {
    const { figures, table } = await smoke('questions');
    expect(figures.failed).toBe(0);
    expect(table.rows.map(([id]) => id)).toEqual(QUESTIONS.map(({ id }) => id));
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
    // Those about callers and callees, ways, powers, owners and identities have something to tell; what is new or denied may not.
    expect(figures.answered).toBeGreaterThanOrEqual(9);
  });

  it('weigh the bundles of the functions', async () => {
    const { figures } = await smoke('bundles');
    expect(figures).toMatchObject({ functions: 10, over: 0 });
    expect(figures.bytes).toBeLessThan((figures.bytesAsTheyCome ?? 0) * 0.6);
  });
});
