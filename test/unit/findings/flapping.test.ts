import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Life, LifeEvent } from '../../../shared/domain/findings/life.ts';
import { live } from '../../../shared/domain/findings/live.ts';
import { accept, found, hour, missed, RULE, unjudged, withdraw } from './example.ts';

/** A finding that is no matter of traffic lives through these; what was told of it, with the hour. */
function tellAll(events: readonly LifeEvent[]) {
  const told: string[] = [];
  let life: Life | undefined;
  for (const event of events) {
    const lived = live(life, event, RULE);
    life = lived.after;
    const n = (event.at - hour(0)) / 3_600_000;
    if (lived.told) told.push(`${n} ${lived.told.change}${lived.told.flapping ? ' flapping' : ''}`);
  }
  return { told, life: life! };
}
const there = (n: number, more: object = {}) => found(n, { traffic: undefined, ...more });
const gone = (n: number) => missed(n, 0, { traffic: undefined });
const week = 7 * 24;

describe('a finding that comes and goes', () => {
  const restless = [there(0), gone(1), there(2), gone(3), there(4), gone(5), there(6), gone(7)];

  test('is told as flapping when it opens for the third time within the span, and then no more', () => {
    expect(tellAll(restless).told).toEqual([
      '0 opened',
      '1 resolved',
      '2 reopened',
      '3 resolved',
      '4 reopened flapping',
    ]);
  });

  test('says how often it opened and since when', () => {
    const before = tellAll(restless.slice(0, 4)).life;
    expect(live(before, there(4), RULE).told).toEqual({
      change: 'reopened',
      flapping: { times: 3, since: hour(0) },
      note: 'flapping: opened 3 times since 2026-11-23T00:00:00Z; it is not told again before it was steady for 7d',
    });
  });

  test('is told to be over once it has been gone for the whole span, and lives on as any other', () => {
    const { told, life } = tellAll([...restless, gone(7 + week - 1), gone(7 + week), gone(8 + week)]);
    expect(told.slice(5)).toEqual([`${7 + week} resolved`]);
    expect(life.flappingSince).toBeNull();
    expect(live(life, there(9 + week), RULE).told).toMatchObject({ change: 'reopened' });
  });

  test('that stays is told no more until it ends', () => {
    const { told } = tellAll([...restless, there(8), there(8 + week), gone(9 + week)]);
    expect(told.slice(5)).toEqual([`${9 + week} resolved`]);
  });

  test('is still told when it becomes graver, there or when it comes back', () => {
    const graver = { severity: 'critical' } as const;
    expect(tellAll([...restless, there(8, graver)]).told.slice(5)).toEqual(['8 escalated']);
    expect(tellAll([...restless, there(8), there(9, graver)]).told.slice(5)).toEqual(['9 escalated']);
  });

  test('is told to be accepted, whichever state it was in, and flaps no more', () => {
    const excepted = there(8, { exception: { reason: 'known', until: hour(9_000) } });
    expect(tellAll([...restless, excepted]).told.slice(5)).toEqual(['8 accepted']);
    const { told, life } = tellAll([...restless, there(8), accept(9, hour(9_000)), gone(10), there(11)]);
    expect(told.slice(5)).toEqual(['9 accepted']);
    expect(life.flappingSince).toBeNull();
  });

  test('slowly is not flapping', () => {
    const slow = [0, 1, 2, 3].flatMap((n) => [there(n * week), gone(n * week + 1)]);
    expect(tellAll(slow).told.join()).not.toContain('flapping');
  });

  test('by acceptances that end is not flapping', () => {
    const { told } = tellAll([there(0), ...[1, 2, 3].flatMap((n) => [accept(2 * n, hour(99)), withdraw(2 * n + 1)])]);
    expect(told.join()).not.toContain('flapping');
    const events = [
      there(0),
      ...[1, 2].flatMap((n) => [accept(2 * n, hour(99)), withdraw(2 * n + 1)]),
      gone(6),
      there(7),
    ];
    expect(tellAll(events).told.at(-1)).toBe('7 reopened');
  });

  test('is not said to be over while nobody could look', () => {
    expect(tellAll([...restless, unjudged(7 + week), unjudged(8 + 2 * week)]).told).toHaveLength(5);
  });
});

const KINDS: Readonly<Record<string, (n: number, state: Life['state']) => LifeEvent | undefined>> = {
  there: (n) => there(n),
  gone: (n) => gone(n),
  unjudged: (n) => unjudged(n),
  accept: (n, state) => (state === 'open' ? accept(n, hour(n + 30)) : undefined),
  withdraw: (n, state) => (state === 'accepted' ? withdraw(n) : undefined),
};

/** What was accepted ends in silence: it was told to be no concern. */
const LAST_TOLD = { open: ['opened', 'reopened'], accepted: ['accepted'], resolved: ['resolved', 'accepted'] };

test('however it comes and goes: once it is steady, what was last told is what it is', () => {
  const kind = fc.constantFrom(...Object.keys(KINDS));
  const steps = fc.array(fc.tuple(kind, fc.integer({ min: 1, max: 60 })), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(steps, (all) => {
      let life = live(undefined, there(0), RULE).after;
      let last = 'opened';
      let n = 0;
      const step = (event: LifeEvent | undefined) => {
        if (event === undefined) return;
        const { after, told } = live(life, event, RULE);
        life = after;
        last = told?.change ?? last;
      };
      for (const [kind, wait] of all) {
        n += wait;
        step(KINDS[kind]?.(n, life.state));
      }
      step(life.state === 'resolved' ? gone(n + 2 * week) : there(n + 2 * week));
      expect(life.flappingSince).toBeNull();
      expect(LAST_TOLD[life.state]).toContain(last);
    }),
    { numRuns: 500 },
  );
});
