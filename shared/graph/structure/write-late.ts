import type { Fence } from '../lease.ts';
import { familyOf, liveMarker, pastMarker } from './family-marker.ts';
import { type FamilyWork, NO_WRITES, type WriteCounts } from './family-work.ts';
import { writeLateNodes } from './late-nodes.ts';
import { writeLateRelations } from './late-relations.ts';
import type { IsDescribed } from './name-ends.ts';
import { readStoredNodes, readStoredRelations } from './read-facts.ts';

/**
 * Writes families to which the scan comes late, or of which an earlier write was cut off: everything stored of them is
 * read, the scan takes its place among the others, and what differs is written. Correct for every scan, and slow.
 */
export async function writeLate(
  fence: Fence,
  at: number,
  work: readonly FamilyWork[],
  isDescribed: IsDescribed,
): Promise<WriteCounts> {
  if (work.length === 0) return NO_WRITES;
  const { cluster } = fence;
  const markers = work.flatMap(({ family }) => [liveMarker(cluster, family), pastMarker(cluster, family)]);
  const [nodes, relations] = await fence.transaction(async (tx) => [
    Map.groupBy(await readStoredNodes(tx, markers), ({ marker }) => familyOf(cluster, marker ?? '')),
    Map.groupBy(await readStoredRelations(tx, markers), ({ family }) => familyOf(cluster, family)),
  ]);
  const counts = { nodes: 0, relations: 0 };
  for (const one of work) counts.nodes += await writeLateNodes(fence, at, one, nodes.get(one.family) ?? []);
  for (const one of work) {
    counts.relations += await writeLateRelations(fence, at, one, relations.get(one.family) ?? [], isDescribed);
  }
  return counts;
}
