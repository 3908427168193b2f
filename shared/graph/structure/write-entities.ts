import type { Entity } from '../../domain/observation.ts';
import { descriptionOf } from '../../domain/projection/naming.ts';
import { placeNode } from '../../domain/projection/place-fact.ts';
import type { Fence } from '../lease.ts';
import anyNode from './any-node.cypher';
import type { FamilyWork } from './family-work.ts';
import { inGroups } from './in-groups.ts';
import type { NodeElements } from './node-elements.ts';
import { type NodeUpdate, nodeUpdate } from './node-update.ts';
import { readNodes } from './read-facts.ts';
import { newNode, type StoredNode } from './stored-node.ts';
import { forLabel } from './structure-query.ts';
import { BATCH, createNodes, patchNodes } from './write-nodes.ts';

/**
 * Writes entities of the newest scan of their families that are new, came back or changed. Whether a node exists is
 * asked only where the cluster has nodes of its label at all: a first load creates without looking.
 */
export async function writeEntities(
  fence: Fence,
  at: number,
  entities: readonly Entity[],
  workOf: (entity: Entity) => FamilyWork,
  elements: NodeElements,
): Promise<void> {
  const update = (entity: Entity, stored?: StoredNode) => updateOf(fence.cluster, at, entity, stored, workOf(entity));
  const stocked = await labelsWithNodes(fence, new Set(entities.map(({ label }) => label)));
  const [uncertain, fresh] = partition(entities, ({ label }) => stocked.has(label));
  await createNodes(fence, fresh, (entity) => update(entity), elements);
  for (const [label, group] of Map.groupBy(uncertain, (entity) => entity.label)) {
    for (const batch of batches(group)) {
      const stored = await readStored(fence, label, batch);
      const updates = batch.map((entity) => update(entity, stored.get(entity.key)));
      const [patched, created] = partition(updates, ({ key }) => stored.has(key));
      await createNodes(fence, created, (node) => node, elements);
      await patchNodes(fence, label, patched);
    }
  }
}

function updateOf(
  cluster: string,
  at: number,
  entity: Entity,
  stored: StoredNode = newNode(entity),
  { family, covering }: FamilyWork,
): NodeUpdate {
  const fact = placeNode(stored, { at, held: descriptionOf(entity.props) }, covering);
  return nodeUpdate(stored, fact, entity, { cluster, family, instants: [...covering, at] });
}

async function labelsWithNodes(fence: Fence, labels: ReadonlySet<string>): Promise<Set<string>> {
  const stocked = new Set<string>();
  await fence.transaction((tx) =>
    inGroups(
      labels,
      (label) => label,
      async (label) => {
        const found = await tx.run(forLabel(anyNode, label), { cluster: fence.cluster });
        if (found.length > 0) stocked.add(label);
      },
    ),
  );
  return stocked;
}

async function readStored(fence: Fence, label: string, batch: readonly Entity[]): Promise<Map<string, StoredNode>> {
  const keys = batch.map(({ key }) => key);
  const nodes = await fence.transaction((tx) => readNodes(tx, label, keys));
  return new Map(nodes.map((node) => [node.key, node]));
}

function* batches<T>(all: readonly T[]): Generator<T[]> {
  for (let start = 0; start < all.length; start += BATCH) yield all.slice(start, start + BATCH);
}

function partition<T>(all: readonly T[], belongs: (one: T) => boolean): [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}
