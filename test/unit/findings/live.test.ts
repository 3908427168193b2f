import { describe, expect, test } from 'vitest';
import type { Life, LifeEvent } from '../../../shared/domain/findings/life.ts';
import { live } from '../../../shared/domain/findings/live.ts';
import { refusalOf } from '../../../shared/domain/findings/refusal.ts';
import {
  accept,
  acceptedLife,
  DAY,
  found,
  hour,
  life,
  missed,
  RULE,
  resolvedLife,
  unjudged,
  withdraw,
} from './example.ts';
import { excepted, late, TABLE } from './life-table.ts';

describe('the state table', () => {
  test.each(TABLE)('%s', (_, before, event, state, change) => {
    const { after, told } = live(before, event, RULE);
    expect([after.state, told?.change]).toEqual([state, change]);
  });

  test.each(TABLE)('%s: the same event again changes nothing and tells nothing', (_, before, event) => {
    const { after } = live(before, event, RULE);
    expect(live(after, event, RULE)).toEqual({ after });
  });

  test('what was never found can only be found', () => {
    for (const event of [missed(1), unjudged(1), accept(1, late), withdraw(1)]) {
      expect(() => live(undefined, event, RULE)).toThrow('a finding that was never found cannot be');
    }
  });
});

test.each([
  ['resolved: accepted by hand', resolvedLife(), accept(50, late), 'is resolved: there is nothing to accept'],
  ['resolved: reopened by hand', resolvedLife(), withdraw(50), 'is resolved: it opens by itself'],
  [
    'accepted by exception: reopened by hand',
    excepted(hour(90)),
    withdraw(50),
    'is accepted until 2026-11-26T18:00:00Z by an exception in meshgraph.yaml (known): take that out instead',
  ],
] as const)('%s is refused', (_, before, event, words) => {
  expect(refusalOf(before, event)).toContain(words);
});

test.each([
  ['open', life(), accept(50, late)],
  ['accepted by exception', excepted(hour(90)), accept(50, late)],
  ['open', life(), withdraw(50)],
  ['accepted by hand', acceptedLife(late), withdraw(50)],
  ['accepted by an exception that is over', excepted(hour(49)), withdraw(50)],
] as const)('one that is %s may be accepted, or reopened', (_, before, event) => {
  expect(refusalOf(before, event)).toBeUndefined();
});

describe('dates and history', () => {
  test('tell who did what, until when and why', () => {
    const events = [found(0), accept(1, hour(60)), withdraw(2), accept(3, hour(10)), found(10), missed(40), found(41)];
    const last = events.reduce<Life | undefined>((before, event) => live(before, event, RULE).after, undefined);
    expect(last?.history).toEqual([
      { state: 'open', at: hour(0) },
      { state: 'accepted', at: hour(1), by: 'eve', why: 'pen test', until: hour(60) },
      { state: 'open', at: hour(2), by: 'bob', why: 'found out' },
      { state: 'accepted', at: hour(3), by: 'eve', why: 'pen test', until: hour(10) },
      { state: 'open', at: hour(10), why: 'the acceptance by eve ended 2026-11-23T10:00:00Z' },
      { state: 'resolved', at: hour(40), why: 'not seen in 1d of traffic without a gap, up to 2026-11-24T16:00:00Z' },
      { state: 'open', at: hour(41) },
    ]);
  });

  test('an acceptance for longer is kept with who and why, though the state is the same', () => {
    const { after } = live(acceptedLife(hour(60)), accept(50, hour(99), 'it takes longer'), RULE);
    expect(after.history.at(-1)).toEqual({
      state: 'accepted',
      at: hour(50),
      by: 'eve',
      why: 'it takes longer',
      until: hour(99),
    });
  });

  test('one for the same reason and another day counts by its day', () => {
    expect(live(acceptedLife(hour(60)), accept(50, hour(99)), RULE).after.acceptance).toMatchObject({
      until: hour(99),
    });
  });

  test('what is over is accepted by no exception any more', () => {
    expect(live(excepted(late), missed(50), RULE).after).toMatchObject({ state: 'resolved', exception: null });
  });

  test('what comes back opens anew, what was accepted in between is open since it was found', () => {
    expect(live(resolvedLife(), found(50), RULE).after).toMatchObject({ openedAt: hour(50), resolvedAt: null });
    expect(live(acceptedLife(hour(49)), found(50), RULE).after).toMatchObject({ openedAt: hour(0) });
    expect(live(life(), missed(50), RULE).after).toMatchObject({ openedAt: hour(0), resolvedAt: hour(50) });
  });

  test('a note says beside the change why it came about', () => {
    const noteOf = (before: Life, event: LifeEvent) => live(before, event, RULE).told?.note;
    expect(noteOf(life(), accept(2, hour(60)))).toBe('accepted by eve until 2026-11-25T12:00:00Z: pen test');
    expect(noteOf(acceptedLife(late), withdraw(2))).toBe('reopened by bob: found out');
    expect(noteOf(excepted(hour(90)), found(50))).toBe('no exception in meshgraph.yaml accepts it any more');
    expect(noteOf(excepted(hour(90)), unjudged(90))).toBe('its exception in meshgraph.yaml ended 2026-11-26T18:00:00Z');
    expect(noteOf(life(), found(50, { severity: 'critical' }))).toBeUndefined();
  });
});

describe('it is over only when as much traffic was quiet as had to be looked at to find it', () => {
  test('shorter looks add up while no gap is between them', () => {
    const first = live(life(), missed(30, 10), RULE).after;
    const second = live(first, missed(37, 10), RULE).after;
    expect(second).toMatchObject({ state: 'open', quiet: { since: hour(20), until: hour(37) } });
    expect(live(second, missed(44, 7), RULE).after).toMatchObject({ state: 'resolved' });
  });

  test('a gap between looks begins the count anew', () => {
    const first = live(life(), missed(30, 20), RULE).after;
    expect(live(first, missed(52, 21), RULE).after).toMatchObject({
      state: 'open',
      quiet: { since: hour(31), until: hour(52) },
    });
  });

  test('being found begins the count anew, and a longer look that found it asks for as long a quiet', () => {
    const quiet = live(life(), missed(30, 20), RULE).after;
    const again = live(quiet, found(31, { traffic: { since: hour(31) - 2 * DAY, until: hour(31) } }), RULE).after;
    expect(again).toMatchObject({ quiet: null, lookedBack: 2 * DAY });
    expect(live(again, missed(60), RULE).after.state).toBe('open');
    expect(live(again, missed(80, 48), RULE).after.state).toBe('resolved');
  });

  test('a shorter look that finds it does not shorten the quiet it takes', () => {
    const { after } = live(life(), found(2, { traffic: { since: hour(1), until: hour(2) } }), RULE);
    expect(after.lookedBack).toBe(DAY);
  });

  test('a check that asks for something else by now ends it, and the history says so', () => {
    const { after, told } = live(
      life({ parameters: ['learning=7d'] }),
      missed(50, 24, { parameters: ['learning=14d'] }),
      RULE,
    );
    expect(after.state).toBe('resolved');
    expect(told?.note).toBe('its check asks for something else now: learning=14d instead of learning=7d');
  });
});

describe('clocks', () => {
  test('one that goes back neither ends an acceptance nor loses a state', () => {
    const accepted = live(life(), accept(50, hour(60)), RULE).after;
    expect(live(accepted, found(3), RULE)).toEqual({ after: { ...accepted, quiet: null } });
    expect(live(accepted, unjudged(3), RULE)).toEqual({ after: accepted });
  });

  test('one that jumps ahead and back leaves what was found as it was found', () => {
    const ahead = live(life(), found(9_000), RULE).after;
    expect(live(ahead, found(51), RULE).after).toEqual(live(life(), found(51), RULE).after);
  });
});
