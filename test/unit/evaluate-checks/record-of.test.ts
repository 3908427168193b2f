import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../../functions/evaluate-checks/evaluate-checks.ts';
import { recordOf } from '../../../functions/evaluate-checks/record-of.ts';
import type { ChosenCheck } from '../../../shared/checks/configured-checks.ts';
import type { Knowledge } from '../../../shared/checks/coverage.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { DEFAULT_FLAPPING } from '../../../shared/domain/findings/flapping.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const at = Date.parse('2026-11-24T12:00:00Z');
const since = at - DAY;
const checkNamed = (id: string) => CHECKS.find((one) => one.id === id)!;
const ofTraffic = checkNamed('first-time-caller');
const ofStructure = checkNamed('meshed-namespace-unmeshed-pod');

/** Windows cover the day up to two minutes ago, without a gap. */
const watched: Knowledge = {
  traffic: { at: at - 2 * MINUTE, complete: true },
  watchedSince: 0,
  trafficCoveredMs: DAY - 2 * MINUTE,
  partialWindows: 0,
  families: {},
};

function look(knowledge: Partial<Knowledge>, result: Partial<CheckResult> = {}, chosen: Partial<ChosenCheck> = {}) {
  const { check = ofTraffic } = result;
  const record = recordOf(
    {
      cluster: 'c',
      since,
      at,
      notes: [],
      results: [{ check, severity: 'low', status: 'clean', findings: [], accepted: [], ...result }],
    },
    [{ check, severity: 'low', parameters: {}, exceptions: [], ...chosen }],
    { ...watched, ...knowledge },
    { flapping: DEFAULT_FLAPPING, learning: 0 },
  );
  return record.looks[0]!;
}

test('traffic that was watched without a gap up to its newest window was looked at whole', () => {
  expect(look({})).toEqual({
    check: 'first-time-caller',
    judged: 'whole',
    traffic: { since, until: at - 2 * MINUTE },
    parameters: ['learning=7d'],
  });
});

test('a window that reaches over the end of the period counts up to there', () => {
  expect(look({ trafficCoveredMs: DAY }).judged).toBe('whole');
});

describe('what was not found may be there all the same where', () => {
  test.each<[string, Partial<Knowledge>]>([
    ['a window is missing', { trafficCoveredMs: DAY - 7 * MINUTE }],
    ['a window is missing, and another reaches over the end', { trafficCoveredMs: DAY - 4 * MINUTE }],
    ['a window was read only in part', { partialWindows: 1 }],
    ['the newest window was read only in part', { traffic: { at: at - 2 * MINUTE, complete: false } }],
    ['the newest window is of before the period', { traffic: { at: since, complete: true }, trafficCoveredMs: 0 }],
    ['the mesh was watched for a shorter time than the period', { trafficCoveredMs: DAY / 2 }],
  ])('%s', (_, knowledge) => {
    expect(look(knowledge).judged).toBe('part');
  });

  test('its parameters are of this run only', () => {
    expect(look({}, {}, { justThisOnce: true, parameters: { learning: 60 * MINUTE } })).toMatchObject({
      judged: 'part',
      parameters: ['learning=1h'],
    });
  });
});

test('gaps in traffic do not matter to a check that needs none', () => {
  expect(look({ trafficCoveredMs: 0, partialWindows: 3, traffic: undefined }, { check: ofStructure })).toEqual({
    check: 'meshed-namespace-unmeshed-pod',
    judged: 'whole',
    parameters: [],
  });
});

test.each<[string, Partial<CheckResult>]>([
  ['could not be judged', { status: 'unknown', reason: 'no traffic window' }],
  ['was judged on stale scans', { status: 'violated', reason: 'the newest scan is of yesterday' }],
  ['still learns', { status: 'clean', reason: 'not judged yet' }],
])('a check that %s ends nothing, and what it found opens nothing', (_, result) => {
  expect(look({}, result).judged).toBe('none');
});
