import type { Entity } from '../../domain/observation.ts';
import { compareLive } from '../../domain/projection/compare-live.ts';
import { descriptionText, entitiesByNode } from '../../domain/projection/family-facts.ts';
import { descriptionOf } from '../../domain/projection/naming.ts';
import { digestOf } from '../digest.ts';
import type { Fence } from '../lease.ts';
import { familyOf, liveMarker, pastMarker } from './family-marker.ts';
import { type FamilyWork, liveMarkers } from './family-work.ts';
import type { NodeElements } from './node-elements.ts';
import { type LiveNode, readLiveNodes } from './read-facts.ts';
import { writeEntities } from './write-entities.ts';
import { closeNodes } from './write-nodes.ts';

/**
 * Writes the nodes of families of which the scan is the newest that covered them: what is live is compared with what the
 * scan holds, by digest, and only the difference is read whole and written. Returns how many nodes that were; those it
 * created are added to `elements`.
 */
export async function writeNewestNodes(
  fence: Fence,
  at: number,
  work: readonly FamilyWork[],
  elements: NodeElements,
): Promise<number> {
  if (work.length === 0) return 0;
  const { cluster } = fence;
  const families = new Map(work.map((one) => [one.family, one]));
  const live = await fence.transaction((tx) => readLiveNodes(tx, liveMarkers(cluster, work)));

  const entities = entitiesByNode(work.flatMap(({ facts }) => facts.entities));
  const isSame = ({ family, props }: Entity, node: LiveNode) =>
    node.family === liveMarker(cluster, family) && node.hash === digestOf(descriptionText(descriptionOf(props)));
  const { opened, changed, closed } = compareLive(entities, live, isSame);

  const written = [...opened.values(), ...changed.values()];
  await writeEntities(fence, at, written, ({ family }) => families.get(family) as FamilyWork, elements);
  for (const group of Map.groupBy(closed, ({ label, family }) => `${label} ${family}`).values()) {
    const { label, family: marker } = group[0] as LiveNode;
    const family = familyOf(cluster, marker);
    const lastSeen = families.get(family)?.covering.at(-1) ?? at;
    const keys = group.map(({ key }) => key);
    await closeNodes(fence, label, keys, { at, lastSeen, family: pastMarker(cluster, family) });
  }
  return written.length + closed.length;
}
