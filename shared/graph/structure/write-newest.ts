import type { Entity, Relation } from '../../domain/observation.ts';
import { compareLive } from '../../domain/projection/compare-live.ts';
import { descriptionText, entitiesByNode, relationName } from '../../domain/projection/family-facts.ts';
import { descriptionOf } from '../../domain/projection/naming.ts';
import { digestOf } from '../digest.ts';
import type { Fence } from '../lease.ts';
import { familyOf, liveMarker, pastMarker } from './family-marker.ts';
import { type FamilyWork, NO_WRITES, type WriteCounts } from './family-work.ts';
import { type IsDescribed, nameEnds } from './name-ends.ts';
import { type LiveNode, type LiveRelation, readLiveNodes, readLiveRelations } from './read-facts.ts';
import { writeEntities } from './write-entities.ts';
import { closeNodes } from './write-nodes.ts';
import { closeRelations, createRelations } from './write-relations.ts';

/**
 * Writes families of which the scan is the newest that covered them: what is live is compared with what the scan holds,
 * by digest, and only the difference is read whole and written. Closing comes last: a reader in between may see a fact
 * twice, but never a gap.
 */
export async function writeNewest(
  fence: Fence,
  at: number,
  work: readonly FamilyWork[],
  isDescribed: IsDescribed,
): Promise<WriteCounts> {
  if (work.length === 0) return NO_WRITES;
  const markers = work.map(({ family }) => liveMarker(fence.cluster, family));
  const live = await fence.transaction(async (tx) => ({
    nodes: await readLiveNodes(tx, markers),
    relations: await readLiveRelations(tx, markers),
  }));
  const families = new Map(work.map((one) => [one.family, one]));
  const nodes = await writeNodes(fence, at, families, live.nodes);
  const relations = await writeRelations(fence, at, work, live.relations, isDescribed);
  return { nodes, relations };
}

type Families = ReadonlyMap<string, FamilyWork>;

async function writeNodes(
  fence: Fence,
  at: number,
  families: Families,
  live: ReadonlyMap<string, LiveNode>,
): Promise<number> {
  const { cluster } = fence;
  const entities = entitiesByNode([...families.values()].flatMap(({ facts }) => facts.entities));
  const isSame = ({ family, props }: Entity, node: LiveNode) =>
    node.family === liveMarker(cluster, family) && node.hash === digestOf(descriptionText(descriptionOf(props)));
  const { opened, changed, closed } = compareLive(entities, live, isSame);

  const written = [...opened.values(), ...changed.values()];
  await writeEntities(fence, at, written, ({ family }) => families.get(family) as FamilyWork);
  for (const group of Map.groupBy(closed, ({ label, family }) => `${label} ${family}`).values()) {
    const { label, family: marker } = group[0] as LiveNode;
    const family = familyOf(cluster, marker);
    const lastSeen = families.get(family)?.covering.at(-1) ?? at;
    const keys = group.map(({ key }) => key);
    await closeNodes(fence, label, keys, { at, lastSeen, family: pastMarker(cluster, family) });
  }
  return written.length + closed.length;
}

async function writeRelations(
  fence: Fence,
  at: number,
  work: readonly FamilyWork[],
  live: ReadonlyMap<string, LiveRelation>,
  isDescribed: IsDescribed,
): Promise<number> {
  const held = new Map<string, Relation>();
  for (const { facts } of work)
    for (const relation of facts.relations) held.set(digestOf(relationName(relation)), relation);
  const { opened, closed } = compareLive(held, live);

  await nameEnds(fence, at, opened.values(), isDescribed);
  const life = { from: at, to: Number.POSITIVE_INFINITY };
  await createRelations(
    fence,
    [...opened].map(([id, relation]) => ({ id, ...relation, life })),
  );
  for (const [marker, group] of Map.groupBy(closed, ({ family }) => family)) {
    const elements = group.map(({ element }) => element);
    await closeRelations(fence, elements, { at, family: pastMarker(fence.cluster, familyOf(fence.cluster, marker)) });
  }
  return opened.size + closed.length;
}
