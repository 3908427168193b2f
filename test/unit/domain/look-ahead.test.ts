import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lookAhead } from '../../../shared/domain/look-ahead.ts';

const all = async <T>(made: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const one of made) found.push(one);
  return found;
};

test('what is made comes in the order of the items, whichever is done first', async () => {
  expect(await all(lookAhead([30, 1, 20, 2, 0], 3, (ms) => sleep(ms, ms)))).toEqual([30, 1, 20, 2, 0]);
  expect(await all(lookAhead([], 3, async (one) => one))).toEqual([]);
});

test('never more than so many are under way', async () => {
  let underWay = 0;
  let most = 0;
  const made = lookAhead([...Array(20).keys()], 4, async (one) => {
    most = Math.max(most, ++underWay);
    await sleep(1);
    underWay--;
    return one;
  });
  await all(made);
  expect(most).toBe(4);
});

test('a failure comes in its turn, after what stood before it, and ends it', async () => {
  const got: number[] = [];
  const begun: number[] = [];
  const made = lookAhead([1, 2, 3, 4, 5, 6], 2, async (one) => {
    begun.push(one);
    if (one === 3) throw new Error('three');
    return one;
  });
  await expect(
    (async () => {
      for await (const one of made) got.push(one);
    })(),
  ).rejects.toThrow('three');
  expect([got, begun]).toEqual([
    [1, 2],
    [1, 2, 3, 4],
  ]);
});
