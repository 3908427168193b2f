import type { Reader } from '../../domain/api/operations.ts';
import { readClusters } from '../knowledge.ts';
import type { ReadingContext } from './graph-reader.ts';
import { readFreshness } from './read-freshness.ts';

/** Reading the ledger is the proof: a graph that does not answer throws UnavailableError. */
export function healthReading({ graph, now }: ReadingContext): Pick<Reader, 'readHealth'> {
  return {
    readHealth: async () => {
      const at = now();
      const known = await readClusters(graph);
      const freshness = known.map(({ cluster }) => readFreshness(graph, cluster, { since: at - 3_600_000, at }));
      return { status: 'ok', freshness: await Promise.all(freshness) };
    },
  };
}
