import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../shared/checks/finding.ts';
import { judgeRecorded, type Recorded } from '../../../shared/checks/judge-recorded.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const at = Date.parse('2026-11-23T18:00:00Z');
const check = CHECKS.find(({ id }) => id === 'denied-arrivals')!;
const learning = CHECKS.find(({ id }) => id === 'first-time-caller')!;

const finding = (of = check): Finding => ({
  key: 'prod/Finding/1',
  fingerprint: '1',
  check: of.id,
  severity: 'high',
  message: 'denied',
  about: [],
  row: {},
});

const fresh: Recorded = {
  knowledge: {
    traffic: { at: at - MINUTE, complete: true },
    watchedSince: at - 30 * DAY,
    trafficCoveredMs: DAY,
    partialWindows: 0,
    families: Object.fromEntries(CHECKS.flatMap(({ needs }) => needs.families).map((family) => [family, at - MINUTE])),
  },
  evaluation: { at: at - MINUTE, judged: CHECKS.map(({ id }) => id) },
  open: [],
  accepted: [],
};

const judge = (changes: Partial<Recorded> = {}, of = check) =>
  judgeRecorded(of, { severity: of.severity, parameters: {}, staleAfterMs: 15 * MINUTE }, { ...fresh, ...changes }, at);

test('a check that a fresh evaluation judged is clean without open findings, violated with one', () => {
  expect(judge()).toMatchObject({ status: 'clean', findings: [] });
  expect(judge({ open: [finding()] })).toMatchObject({ status: 'violated', findings: [{ key: 'prod/Finding/1' }] });
  expect(judge({ accepted: [{ finding: finding(), reason: 'known' }] })).toMatchObject({
    status: 'clean',
    accepted: [{ reason: 'known' }],
  });
});

test("another check's findings are not this one's", () => {
  expect(judge({ open: [finding(learning)] })).toMatchObject({ status: 'clean', findings: [] });
});

describe('what no fresh evaluation on fresh scans judged is unknown, never clean', () => {
  test.each([
    ['no evaluation was recorded', { evaluation: undefined }, 'no evaluation of the checks was recorded yet'],
    [
      'the newest is old',
      { evaluation: { at: at - 16 * MINUTE, judged: [check.id] } },
      'the newest evaluation is of 2026-11-23T17:44:00Z',
    ],
    ['the newest could not', { evaluation: { at, judged: [] } }, 'could not judge it'],
    [
      'traffic is old',
      { knowledge: { ...fresh.knowledge, traffic: { at: at - 20 * MINUTE, complete: true } } },
      '20m before',
    ],
    ['traffic was never read', { knowledge: { ...fresh.knowledge, traffic: undefined } }, 'no traffic window up to'],
  ])('%s', (_, changes, reason) => {
    expect(judge(changes)).toMatchObject({ status: 'unknown', reason: expect.stringContaining(reason) });
    // What is open is told all the same.
    expect(judge({ ...changes, open: [finding()] })).toMatchObject({
      status: 'unknown',
      findings: [{ key: 'prod/Finding/1' }],
    });
  });
});

test('one that still learns is clean so far, and says so', () => {
  const young = { ...fresh.knowledge, watchedSince: at - DAY };
  expect(judge({ knowledge: young, evaluation: { at, judged: [] } }, learning)).toMatchObject({
    status: 'clean',
    reason: expect.stringContaining('not judged yet: watched since'),
  });
});
