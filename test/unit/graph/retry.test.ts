import { expect, test } from 'vitest';
import { type RetryPolicy, withRetry } from '../../../shared/graph/retry.ts';

/** A clock that only moves when somebody sleeps, and dice that always show the same. */
function simulated(random: number, limitMs = 1000): { policy: RetryPolicy; slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
    now += ms;
  };
  return {
    policy: { limitMs, firstDelayMs: 10, longestDelayMs: 80, now: () => now, sleep, random: () => random },
    slept,
  };
}

const failing = (times: number): (() => Promise<string>) => {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw new Error(`failure ${times - left}`);
    return 'done';
  };
};

test('delays double up to the longest', async () => {
  const { policy, slept } = simulated(1);
  expect(await withRetry(failing(6), () => true, policy)).toBe('done');
  expect(slept).toEqual([10, 20, 40, 80, 80, 80]);
});

test('the dice shorten a delay by up to half', async () => {
  const { policy, slept } = simulated(0);
  await withRetry(failing(3), () => true, policy);
  expect(slept).toEqual([5, 10, 20]);
});

test('an error that no retry cures is thrown at once', async () => {
  const { policy, slept } = simulated(1);
  const work = withRetry(failing(2), (error) => (error as Error).message !== 'failure 2', policy);
  await expect(work).rejects.toThrow('failure 2');
  expect(slept).toEqual([10]);
});

test('no attempt begins after the limit, and the last error is the one thrown', async () => {
  const { policy, slept } = simulated(1, 100);
  await expect(withRetry(failing(99), () => true, policy)).rejects.toThrow('failure 4');
  expect(slept).toEqual([10, 20, 40]);
});

test('without time there is one attempt', async () => {
  const { policy, slept } = simulated(0, 0);
  await expect(withRetry(failing(1), () => true, policy)).rejects.toThrow('failure 1');
  expect(slept).toEqual([]);
});
