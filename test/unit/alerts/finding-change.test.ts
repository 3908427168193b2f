import { expect, test } from 'vitest';
import { changeOf, type FindingState } from '../../../shared/domain/alerts/finding-change.ts';

const was = (state: FindingState['state'], more: Partial<FindingState> = {}): FindingState => ({
  state,
  severity: 'high',
  wasOpen: true,
  ...more,
});
const open = { state: 'open', severity: 'high' } as const;
const accepted = { state: 'accepted', severity: 'high' } as const;
const neverOpen = was('accepted', { wasOpen: false });

test.each([
  ['one never seen', undefined, open, 'opened'],
  ['one that was only ever accepted, and is no longer', neverOpen, open, 'opened'],
  ['one that is still there', was('open'), open, undefined],
  ['one that is gone', was('open'), undefined, 'resolved'],
  ['one that comes back', was('resolved'), open, 'reopened'],
  ['one whose acceptance ended', was('accepted'), open, 'reopened'],
  ['one that is graver now', was('open', { severity: 'medium' }), open, 'escalated'],
  ['one that is less grave now', was('open', { severity: 'critical' }), open, 'eased'],
  ['one that somebody accepts', was('open'), accepted, 'accepted'],
  ['one that is accepted from the start', undefined, accepted, undefined],
  ['one accepted while it was away', was('resolved'), accepted, undefined],
  ['an accepted one that is still there', was('accepted'), accepted, undefined],
  ['an accepted one that is gone', was('accepted'), undefined, undefined],
  ['one long gone', was('resolved'), undefined, undefined],
])('%s', (_, before, found, change) => {
  expect(changeOf(before, found)).toBe(change);
});
