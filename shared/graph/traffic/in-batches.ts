import { isOutOfMemory } from '../connection.ts';

/**
 * Calls `work` with batches of at most `size` items, one after another. A batch that the server has no memory for is
 * halved, and so are those after it, down to single items.
 */
export async function inBatches<Item>(
  items: readonly Item[],
  size: number,
  work: (batch: Item[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0, limit = size; start < items.length; ) {
    const batch = items.slice(start, start + limit);
    try {
      await work(batch);
      start += batch.length;
    } catch (error) {
      if (!isOutOfMemory(error) || batch.length === 1) throw error;
      limit = Math.ceil(batch.length / 2);
    }
  }
}
