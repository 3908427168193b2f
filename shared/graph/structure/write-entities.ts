import type { Entity } from '../../domain/observation.ts';
import { descriptionOf } from '../../domain/projection/naming.ts';
import { placeNode } from '../../domain/projection/place-fact.ts';
import type { Fence } from '../lease.ts';
import anyNode from './any-node.cypher';
import type { FamilyWork } from './family-work.ts';
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
): Promise<void> {
  for (const [label, group] of Map.groupBy(entities, (entity) => entity.label)) {
    const mayExist = await hasNodes(fence, label);
    for (let start = 0; start < group.length; start += BATCH) {
      const batch = group.slice(start, start + BATCH);
      const stored = mayExist ? await readStored(fence, label, batch) : new Map<string, StoredNode>();
      const update = (entity: Entity) => updateOf(fence.cluster, at, entity, stored.get(entity.key), workOf(entity));
      const [known, unknown] = partition(batch, ({ key }) => stored.has(key));
      await createNodes(fence, label, unknown.map(update));
      await patchNodes(fence, label, known.map(update));
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

async function hasNodes(fence: Fence, label: string): Promise<boolean> {
  const found = await fence.transaction((tx) => tx.run(forLabel(anyNode, label), { cluster: fence.cluster }));
  return found.length > 0;
}

async function readStored(fence: Fence, label: string, batch: readonly Entity[]): Promise<Map<string, StoredNode>> {
  const keys = batch.map(({ key }) => key);
  const nodes = await fence.transaction((tx) => readNodes(tx, label, keys));
  return new Map(nodes.map((node) => [node.key, node]));
}

function partition<T>(all: readonly T[], belongs: (one: T) => boolean): [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}
