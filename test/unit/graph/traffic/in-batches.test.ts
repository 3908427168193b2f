import { describe, expect, it } from 'vitest';
import { inBatches } from '../../../../shared/graph/traffic/in-batches.ts';

const outOfMemory = () =>
  Object.assign(new Error('too much'), { code: 'Neo.TransientError.General.MemoryPoolOutOfMemoryError' });

async function sizes(count: number, size: number, limit: number): Promise<number[]> {
  const done: number[] = [];
  await inBatches(Array.from({ length: count }), size, async (batch) => {
    if (batch.length > limit) throw outOfMemory();
    done.push(batch.length);
  });
  return done;
}

describe('work in batches', () => {
  it('takes all items, the last batch being what is left', async () => {
    expect(await sizes(7, 3, 3)).toEqual([3, 3, 1]);
  });

  it('halves a batch the server has no memory for, and those after it', async () => {
    expect(await sizes(10, 8, 3)).toEqual([2, 2, 2, 2, 2]);
  });

  it('gives up when a single item is too much', async () => {
    await expect(sizes(4, 4, 0)).rejects.toThrow('too much');
  });

  it('does not try again what fails for another reason', async () => {
    const calls: number[] = [];
    const work = inBatches([1, 2], 2, async (batch) => {
      calls.push(batch.length);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(calls).toEqual([2]);
  });
});
