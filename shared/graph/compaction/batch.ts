import { isOutOfMemory } from '../connection.ts';
import type { Fence } from '../lease.ts';

const BATCH = 2_000;

/** Runs a statement that changes at most `$limit` things; answers what it changed. Fewer where the server lacks memory. */
export async function runBatch(
  fence: Fence,
  query: string,
  parameters: Readonly<Record<string, unknown>>,
  limit = BATCH,
): Promise<number> {
  try {
    const { counters } = await fence.transaction((tx) =>
      tx.run(query, { cluster: fence.cluster, ...parameters, limit: limit }),
    );
    return Object.values(counters).reduce((sum, count) => sum + count, 0);
  } catch (error) {
    if (!isOutOfMemory(error) || limit === 1) throw error;
    return runBatch(fence, query, parameters, Math.ceil(limit / 2));
  }
}
