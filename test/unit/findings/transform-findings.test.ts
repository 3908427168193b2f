import { describe, expect, test } from 'vitest';
import type { Finding, FindingsRecord, Look } from '../../../shared/checks/finding.ts';
import { type StoredFinding, transformFindings } from '../../../shared/domain/findings/transform-findings.ts';
import { at, eventOf } from '../alerts/example.ts';
import { acceptance, DAY, life, RULE } from './example.ts';

const finding = eventOf().finding as Finding;
const stored = (more: Partial<StoredFinding['life']> = {}): StoredFinding => ({
  finding,
  life: life({ openedAt: at - 60_000, history: [{ state: 'open', at: at - 60_000 }], ...more }),
  namespaces: ['books'],
  owners: ['team-books'],
});
const look = (judged: Look['judged'], more: Partial<Look> = {}): Look => ({
  check: 'denied-arrivals',
  judged,
  traffic: { since: at - DAY, until: at },
  parameters: [],
  ...more,
});
const record = (more: Partial<FindingsRecord> = {}): FindingsRecord => ({
  cluster: 'prod',
  at,
  looks: [look('whole')],
  open: [],
  accepted: [],
  telling: { flapping: RULE, learning: 0 },
  ...more,
});

describe('an end', () => {
  test('is told with what the graph last knew of it', () => {
    const { events } = transformFindings([stored()], record());
    expect(events).toMatchObject([
      { change: 'resolved', at, openedAt: at - 60_000, namespaces: ['books'], finding: { message: finding.message } },
    ]);
  });

  test.each([
    ['was judged only in part', [look('part')]],
    ['could not be judged', [look('none')]],
    ['was turned off or not asked', []],
    ['is another', [look('whole', { check: 'first-time-caller' })]],
  ])('is none where its check %s', (_, looks) => {
    const { evaluated, events } = transformFindings([stored()], record({ looks }));
    expect([evaluated, events]).toEqual([[], []]);
  });
});

describe('an acceptance that is over', () => {
  const over = () =>
    stored({
      state: 'accepted',
      acceptance: acceptance(at),
      history: [...stored().life.history, { state: 'accepted', at: at - 1, by: 'eve', why: 'pen test', until: at }],
    });

  test('ends though its check cannot be judged, and is told once', () => {
    const unable = record({ looks: [look('none')] });
    const { evaluated, events } = transformFindings([over()], unable);
    expect(events).toMatchObject([
      { change: 'reopened', openedAt: at - 60_000, note: expect.stringContaining('by eve ended') },
    ]);
    const after = { ...over(), life: evaluated[0]!.life };
    expect(transformFindings([after], unable)).toEqual({ evaluated: [], events: [] });
  });

  test('stays where its check is turned off', () => {
    expect(transformFindings([over()], record({ looks: [] })).evaluated).toEqual([]);
  });
});

test('what opens again has a new opening date, what was accepted in between keeps the first one', () => {
  const openedAgain = (state: 'resolved' | 'accepted') =>
    transformFindings([stored({ state })], record({ open: [finding] })).events[0];
  expect(openedAgain('resolved')).toMatchObject({ change: 'reopened', openedAt: at });
  expect(openedAgain('accepted')).toMatchObject({ change: 'reopened', openedAt: at - 60_000 });
});

test('a change of severity tells both', () => {
  const { events } = transformFindings([stored({ severity: 'medium' })], record({ open: [finding] }));
  expect(events).toMatchObject([{ change: 'escalated', previousSeverity: 'medium', finding: { severity: 'high' } }]);
});

test('what an exception accepts is kept with its reason and end', () => {
  const accepted = [{ finding, reason: 'known', until: at + DAY }];
  const { evaluated, events } = transformFindings([stored()], record({ accepted }));
  expect(evaluated).toMatchObject([{ moved: true, life: { exception: { reason: 'known', until: at + DAY } } }]);
  expect(events).toMatchObject([
    { change: 'accepted', note: expect.stringMatching(/^accepted by meshgraph.yaml until .*: known$/) },
  ]);
});

test('findings that did not change are no event, and are kept all the same', () => {
  const { evaluated, events } = transformFindings([stored()], record({ open: [finding] }));
  expect(events).toEqual([]);
  expect(evaluated).toMatchObject([{ finding, found: true, moved: false, life: { state: 'open', lookedBack: DAY } }]);
});
