import { expect, test } from 'vitest';
import { type Run, spansOf } from '../../../shared/questions/watched/spans.ts';
import { quietMs, transformWatched, type Watched, watchedMs } from '../../../shared/questions/watched/watched.ts';

const MINUTE = 60_000;

/** Windows of a minute each, by the minutes they begin at; `partial` ones were read in part. */
const watch = (minutes: readonly number[], partial: readonly number[] = []): Watched =>
  transformWatched(
    minutes.map((minute) => ({
      what: 'window',
      told: {
        from: minute * MINUTE,
        to: (minute + 1) * MINUTE,
        whole: !partial.includes(minute),
        windows: 1,
        began: (minutes[0] ?? 0) * MINUTE,
      },
    })),
  );
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const run = (from: number, to: number): Run => ({ from: from * MINUTE, to: to * MINUTE, count: 1 });

/** Spans in minutes, of runs looked for from minute 0 on. */
const told = (runs: readonly Run[], watched: Watched, at: number, earlier = false): unknown[] =>
  spansOf(runs, { watched, since: 0, at: at * MINUTE, quiet: 3 * MINUTE, earlier }).map((span) => [
    span.began,
    span.from / MINUTE,
    span.to / MINUTE,
    span.ended,
    span.unwatchedMs / MINUTE,
  ]);

test('windows that meet are one stretch; one read in part is not watched', () => {
  const watched = watch(range(0, 6), [3]);
  expect(watched.stretches).toEqual([
    { from: 0, to: 3 * MINUTE },
    { from: 4 * MINUTE, to: 6 * MINUTE },
  ]);
  expect(watchedMs(watched, MINUTE, 5 * MINUTE)).toBe(3 * MINUTE);
});

test('what counts as quiet is three windows, unless it is said', () => {
  const watched = watch(range(0, 2));
  expect([quietMs(watched, null), quietMs(watched, 5)]).toEqual([3 * MINUTE, 5]);
});

test('the windows of an hour that was rolled up have its length divided', () => {
  const hour = { from: 0, to: 60 * MINUTE, whole: true, windows: 12, began: 0 };
  expect(transformWatched([{ what: 'window', told: hour }]).windowMs).toBe(5 * MINUTE);
});

test('a silence that was watched for long enough ends a span, a shorter one does not', () => {
  expect(told([run(4, 5), run(8, 9)], watch(range(0, 20)), 20)).toEqual([
    ['began', 4, 5, 'ended', 0],
    ['began', 8, 9, 'ended', 0],
  ]);
  expect(told([run(4, 5), run(7, 9)], watch(range(0, 20)), 20)).toEqual([['began', 4, 9, 'ended', 0]]);
});

test('over a gap nobody knows: one span, told with how much of it went unwatched', () => {
  const gap = watch([...range(0, 6), ...range(12, 20)]);
  expect(told([run(4, 5), run(12, 13)], gap, 20)).toEqual([['began', 4, 13, 'ended', 6]]);
  expect(told([run(4, 5)], gap, 12)).toEqual([['began', 4, 5, 'unknown', 0]]);
});

test('a window that was read in part ends nothing', () => {
  expect(told([run(3, 4)], watch(range(0, 8), [4, 5, 6]), 8)).toEqual([['began', 3, 4, 'unknown', 0]]);
});

test('what was seen until shortly before the end goes on', () => {
  expect(told([run(3, 6)], watch(range(0, 8)), 8)).toEqual([['began', 3, 6, 'goes on', 0]]);
});

test('what was there when the look began did not begin with it', () => {
  const all = watch(range(-5, 8));
  expect(told([run(1, 6)], all, 8, true)).toEqual([['earlier', 1, 6, 'goes on', 0]]);
  expect(told([run(4, 6)], all, 8, true)).toEqual([['began', 4, 6, 'goes on', 0]]);
});

test('of what was there when watching began nobody knows since when', () => {
  expect(told([run(2, 6)], watch(range(2, 8)), 8)).toEqual([['unknown', 2, 6, 'goes on', 0]]);
  expect(told([run(3, 6)], watch(range(2, 8)), 8)).toEqual([['began', 3, 6, 'goes on', 0]]);
});

test('runs of several series that overlap are one', () => {
  const [span] = spansOf([run(1, 4), run(2, 3), run(4, 6)], {
    watched: watch(range(0, 8)),
    since: 0,
    at: 8 * MINUTE,
    quiet: 3 * MINUTE,
    earlier: false,
  });
  expect(span).toMatchObject({ from: MINUTE, to: 6 * MINUTE, count: 3, unwatchedMs: 0 });
});
