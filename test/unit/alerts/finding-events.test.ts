import { describe, expect, test } from 'vitest';
import type { Finding, FindingsRecord } from '../../../shared/checks/finding.ts';
import { findingEvents, type StoredFinding } from '../../../shared/domain/alerts/finding-events.ts';
import { at, eventOf } from './example.ts';

const finding = eventOf().finding as Finding;
const stored = (more: Partial<StoredFinding> = {}): StoredFinding => ({
  ...finding,
  state: 'open',
  wasOpen: true,
  openedAt: at - 60_000,
  acceptedUntil: null,
  namespaces: ['books'],
  owners: ['team-books'],
  ...more,
});
const record = (more: Partial<FindingsRecord> = {}): FindingsRecord => ({
  cluster: 'prod',
  at,
  judged: ['denied-arrivals'],
  open: [],
  accepted: [],
  ...more,
});

describe('an end', () => {
  test('is told with what the graph last knew of it', () => {
    const { events } = findingEvents([stored()], record());
    expect(events).toMatchObject([
      { change: 'resolved', at, openedAt: at - 60_000, namespaces: ['books'], finding: { message: finding.message } },
    ]);
  });

  test('is none where the check could not be judged', () => {
    expect(findingEvents([stored()], record({ judged: [] })).events).toEqual([]);
  });
});

test('what opens again has a new opening date, what was accepted in between keeps the first one', () => {
  const openedAgain = (state: 'resolved' | 'accepted') =>
    findingEvents([stored({ state })], record({ open: [finding] })).events[0];
  expect(openedAgain('resolved')).toMatchObject({ change: 'reopened', openedAt: at });
  expect(openedAgain('accepted')).toMatchObject({ change: 'reopened', openedAt: at - 60_000 });
});

test('a change of severity tells both', () => {
  const { events } = findingEvents([stored({ severity: 'medium' })], record({ open: [finding] }));
  expect(events).toMatchObject([{ change: 'escalated', previousSeverity: 'medium', finding: { severity: 'high' } }]);
});

test('an acceptance by hand holds until its end, whatever is found', () => {
  const accepted = (acceptedUntil: number) =>
    findingEvents([stored({ state: 'accepted', acceptedUntil })], record({ open: [finding] }));
  expect(accepted(at + 1)).toMatchObject({ found: [{ state: 'accepted' }], events: [] });
  expect(accepted(at)).toMatchObject({ found: [{ state: 'open' }], events: [{ change: 'reopened' }] });
});

test('findings that did not change are no event, and are kept all the same', () => {
  const { found, events } = findingEvents([stored()], record({ open: [finding] }));
  expect(events).toEqual([]);
  expect(found).toEqual([{ finding, state: 'open' }]);
});
