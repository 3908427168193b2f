import { describe, expect, test } from 'vitest';
import { causesOf, type OddPair } from '../../../shared/checks/usual/odd-pairs.ts';
import { type Hour, toHours, usualOf } from '../../../shared/checks/usual/usual-hour.ts';

const HOUR = 3_600_000;
const at = Date.parse('2026-11-23T17:00:00Z');
const count = (hour: Hour) => hour.count;
/** The n-th hour before `at`. */
const before = (n: number, requests: number): Hour => ({ from: at - n * HOUR, count: requests, failures: 0 });
const hours = (length: number, requests: (n: number) => number) =>
  Array.from({ length }, (_, n) => before(n + 1, requests(n + 1)));

describe('what is usual', () => {
  test('is not known of fewer than 72 hours', () => {
    expect(
      usualOf(
        hours(71, () => 10),
        at,
        count,
      ),
    ).toBeUndefined();
    expect(
      usualOf(
        hours(72, () => 10),
        at,
        count,
      ),
    ).toEqual({ usual: 10, limit: 30, basis: 'all hours' });
  });

  test('is measured by the hour of the week once four of them are known', () => {
    // Every 168th hour is a rush hour of 1000, all others have 10.
    const rush = (n: number) => (n % 168 === 0 ? 1000 : 10);
    expect(usualOf(hours(3 * 168, rush), at, count)).toMatchObject({ usual: 10, basis: 'all hours' });
    expect(usualOf(hours(4 * 168, rush), at, count)).toEqual({ usual: 1000, limit: 3000, basis: 'hour of the week' });
  });

  test('goes three times its median, and as far as six deviations where it varies', () => {
    // Half of the hours 10, half 90: median 50, each is 40 away from it. 50 + 6 * 1.4826 * 40 = 405.824.
    const uneven = usualOf(
      hours(100, (n) => (n % 2 === 0 ? 10 : 90)),
      at,
      count,
    );
    expect(uneven?.usual).toBe(50);
    expect(uneven?.limit).toBeCloseTo(405.824, 3);
  });

  test('goes half again beyond what one hour in a hundred has, and is not moved by a single incident', () => {
    // 200 hours, three of them bursts: the 99th percentile is a burst. With one, it is an ordinary hour.
    expect(
      usualOf(
        hours(200, (n) => (n <= 3 ? 500 : 0)),
        at,
        count,
      ),
    ).toEqual({ usual: 0, limit: 750, basis: 'all hours' });
    expect(
      usualOf(
        hours(200, (n) => (n <= 1 ? 500 : 10)),
        at,
        count,
      )?.limit,
    ).toBe(30);
  });

  test('leaves out hours that have no value', () => {
    expect(
      usualOf(
        hours(100, (n) => n),
        at,
        (hour) => (hour.count > 30 ? hour.count : undefined),
      ),
    ).toBeUndefined();
  });
});

test('hours are summed of windows; those without are silent, and none after the end counts', () => {
  const day = Date.parse('2026-11-23T00:00:00Z');
  const windows = { at: [day, day + 600_000, day + 2 * HOUR], counts: [1, 2, 4], failures: [0, 1, 0] };
  const told = toHours([windows, { at: [day], counts: [10], failures: [] }], day + 3 * HOUR);
  expect(told).toEqual([
    { from: day, count: 13, failures: 1 },
    { from: day + HOUR, count: 0, failures: 0 },
    { from: day + 2 * HOUR, count: 4, failures: 0 },
  ]);
  expect(toHours([windows], day + 2 * 24 * HOUR)).toHaveLength(24);
});

describe('causes', () => {
  const odd = (caller: string, callee: string, value = 1): OddPair => ({
    ...{ callerKey: caller, callerLabel: 'Workload', caller, calleeKey: callee, calleeLabel: 'Workload', callee },
    ...{ start: 0, history: 0, hour: { from: 0, count: value, failures: 0 }, value },
    than: { usual: 0, limit: 0, basis: 'all hours' },
  });
  const told = (pairs: OddPair[], end: 'caller' | 'callee') =>
    causesOf(pairs, end).map(({ pairs: own, further }) => [
      own.map(({ caller, callee }) => caller + callee).join(),
      further,
    ]);

  test('of what rises are callers that nobody risen calls', () => {
    const chain = [odd('a', 'b'), odd('b', 'c'), odd('b', 'd'), odd('a', 'e', 9), odd('x', 'y')];
    expect(told(chain, 'caller')).toEqual([
      ['ae,ab', 2],
      ['xy', 0],
    ]);
  });

  test('of what fails are callees that nobody fails', () => {
    expect(told([odd('a', 'b'), odd('b', 'c'), odd('x', 'c', 2)], 'callee')).toEqual([['xc,bc', 1]]);
  });

  test('are told once, though two lead to the same, and in a circle too', () => {
    expect(told([odd('a', 'c'), odd('b', 'c'), odd('c', 'd')], 'caller')).toEqual([
      ['ac', 1],
      ['bc', 0],
    ]);
    expect(told([odd('a', 'b'), odd('b', 'a')], 'caller')).toEqual([['ab', 1]]);
  });
});
