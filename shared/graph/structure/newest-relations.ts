import { compareLive } from '../../domain/projection/compare-live.ts';
import { relationName } from '../../domain/projection/family-facts.ts';
import { digestOf } from '../digest.ts';
import type { Fence } from '../lease.ts';
import { familyOf, pastMarker } from './family-marker.ts';
import { type FamilyWork, liveMarkers } from './family-work.ts';
import { type IsDescribed, nameEnds } from './name-ends.ts';
import type { NodeElements } from './node-elements.ts';
import { readLiveRelations } from './read-facts.ts';
import { closeRelations, createRelations } from './write-relations.ts';

/** Writes the relationships of families of which the scan is the newest that covered them: opens and closes. */
export async function writeNewestRelations(
  fence: Fence,
  at: number,
  work: readonly FamilyWork[],
  isDescribed: IsDescribed,
  elements: NodeElements,
): Promise<number> {
  if (work.length === 0) return 0;
  const live = await fence.transaction((tx) => readLiveRelations(tx, liveMarkers(fence.cluster, work)));

  const relations = work.flatMap(({ facts }) => facts.relations);
  const held = new Map(relations.map((relation) => [digestOf(relationName(relation)), relation]));
  const { opened, closed } = compareLive(held, live);

  await nameEnds(fence, at, opened.values(), isDescribed);
  const life = { from: at, to: Number.POSITIVE_INFINITY };
  await createRelations(
    fence,
    [...opened].map(([id, relation]) => ({ id, ...relation, life })),
    elements,
  );
  for (const [marker, group] of Map.groupBy(closed, ({ family }) => family)) {
    const elements = group.map(({ element }) => element);
    await closeRelations(fence, elements, { at, family: pastMarker(fence.cluster, familyOf(fence.cluster, marker)) });
  }
  return opened.size + closed.length;
}
