import type { GraphSize } from '../../domain/compaction/tighten.ts';
import type { Graph } from '../connection.ts';
import oldest from './oldest.cypher';
import size from './size.cypher';

/** How many nodes and relationships the database holds. */
export const readGraphSize = async (graph: Graph): Promise<GraphSize> =>
  (await graph.read<GraphSize>(size))[0] as GraphSize;

/** The instant of the oldest scan the ledger knows of any cluster. */
export const readOldest = async (graph: Graph): Promise<number | undefined> =>
  (await graph.read<{ at: number | null }>(oldest))[0]?.at ?? undefined;
