import { expect, test } from 'vitest';
import { blindSpot, coverageNotes, type Knowledge, stillLearning } from '../../../shared/checks/coverage.ts';

const MINUTE = 60_000;
const at = Date.parse('2026-11-23T18:00:00Z');
const needs = { traffic: true, families: ['pods'] } as const;

const known = (trafficAge: number | null, podsAge: number | null): Knowledge => ({
  traffic: trafficAge === null ? undefined : { at: at - trafficAge, complete: true },
  watchedSince: at - 60 * MINUTE,
  trafficCoveredMs: 60 * MINUTE,
  partialWindows: 0,
  families: podsAge === null ? {} : { pods: at - podsAge },
});

test('a source that was never read is a blind spot that cannot be waved through', () => {
  expect(blindSpot(needs, known(null, 0), at, 15 * MINUTE)).toEqual({
    reason: 'no traffic window up to 2026-11-23T18:00:00Z',
    stale: false,
  });
  expect(blindSpot(needs, known(0, null), at, 15 * MINUTE)).toMatchObject({ stale: false });
});

test('a scan exactly as old as allowed still serves, one older is stale and says how old', () => {
  expect(blindSpot(needs, known(0, 15 * MINUTE), at, 15 * MINUTE)).toBeUndefined();
  expect(blindSpot(needs, known(0, 16 * MINUTE), at, 15 * MINUTE)).toEqual({
    reason: 'the newest scan of the cluster with pods is of 2026-11-23T17:44:00Z, 16m before 2026-11-23T18:00:00Z',
    stale: true,
  });
});

test('what a check does not need may be unknown', () => {
  expect(blindSpot({ traffic: false, families: ['pods'] }, known(null, 0), at, 15 * MINUTE)).toBeUndefined();
  expect(blindSpot({ traffic: true, families: [] }, known(0, null), at, 15 * MINUTE)).toBeUndefined();
});

test('a period that windows cover only in part, or that was read in part, is told', () => {
  const knowledge = { ...known(0, 0), partialWindows: 2 };
  expect(coverageNotes(knowledge, { since: at - 24 * 60 * MINUTE, at })).toEqual([
    'traffic is known for 1h of the 1d asked about',
    '2 traffic windows were read only in part',
  ]);
  expect(coverageNotes({ ...known(0, 0), partialWindows: 1 }, { since: at - 60 * MINUTE, at })).toEqual([
    '1 traffic window was read only in part',
  ]);
  expect(coverageNotes(known(0, 0), { since: at - 60 * MINUTE, at })).toEqual([]);
});

test('of a period before the first window nothing is known, which is not the same as no calls', () => {
  const before = { ...known(null, null), trafficCoveredMs: 0 };
  expect(coverageNotes(before, { since: at - 60 * MINUTE, at })).toEqual([
    'traffic is known for 0s of the 1h asked about',
  ]);
});

test('a check that learns has nothing to say until it has watched for as long as its parameter says', () => {
  const learner = { traffic: true, families: [], watchedFor: 'learning' } as const;
  expect(stillLearning(learner, known(0, 0), at, { learning: 60 * MINUTE })).toBeUndefined();
  expect(stillLearning(learner, known(0, 0), at, { learning: 61 * MINUTE })).toBe(
    'not judged yet: watched since 2026-11-23T17:00:00Z, and learning takes 1h1m',
  );
  expect(stillLearning(needs, known(0, 0), at, { learning: 61 * MINUTE })).toBeUndefined();
});
