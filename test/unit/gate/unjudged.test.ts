import { expect, test } from 'vitest';
import type { Baseline } from '../../../shared/gate/baseline.ts';
import { whyUnjudged } from '../../../shared/gate/unjudged.ts';
import { DEFAULT_SETTINGS } from '../../../shared/linkerd/policy/mesh-settings.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-11-24T12:00:00Z');
const traffic = { since: NOON - 14 * 24 * HOUR, at: NOON, coveredMs: HOUR, partialWindows: 0, newest: NOON, edges: [] };
const fresh: Baseline = {
  schema: 'meshgraph.baseline/v1',
  cluster: 'prod',
  at: NOON,
  settings: DEFAULT_SETTINGS,
  objects: [],
  workloads: [],
  traffic,
  unread: [],
  notes: [],
};
const why = (baseline: Partial<Baseline>, later = 0, allowStale = false) =>
  whyUnjudged({ ...fresh, ...baseline }, { now: NOON + later, maxAgeMs: HOUR, allowStale });

test('what was read within the time allowed, to the millisecond, can be judged', () => {
  expect(why({}, HOUR)).toEqual([]);
});

test('objects and traffic that are older cannot, each for itself', () => {
  expect(why({}, HOUR + 60_000)).toEqual([
    'the newest scan of prod is of 2026-11-24T12:00:00Z, 1h1m ago: allowed are 1h. Scan again, or export it anew',
    'the newest traffic window of prod is of 2026-11-24T12:00:00Z, 1h1m ago: allowed are 1h. Scan again, or export it anew',
  ]);
  expect(why({ traffic: { ...traffic, newest: NOON - 2 * HOUR } })).toEqual([
    'the newest traffic window of prod is of 2026-11-24T10:00:00Z, 2h ago: allowed are 1h. Scan again, or export it anew',
  ]);
});

test('nor can a mesh of which no traffic was read, or not all objects, and that nobody can allow', () => {
  const nothing = [
    'no traffic window of prod covers the time since 2026-11-10T12:00:00Z: who calls whom is unknown. Scan its traffic first, or look further back',
  ];
  expect(why({ traffic: { ...traffic, coveredMs: 0 } }, 0, true)).toEqual(nothing);
  expect(why({ traffic: { ...traffic, coveredMs: 0, newest: null } }, 0, true)).toEqual(nothing);
  expect(why({ unread: ['servers', 'pods'] }, 0, true)).toEqual([
    'of prod no scan read servers, pods whole: what they decide is unknown. Let the reader list them (`meshgraph rbac` has its role), and scan again',
  ]);
});

test('who allows what is old has it judged', () => {
  expect(why({}, 1_000 * HOUR, true)).toEqual([]);
});
