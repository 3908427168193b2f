import type { Entity } from '../../domain/observation.ts';
import { entitiesByNode, nodeName } from '../../domain/projection/family-facts.ts';
import { descriptionOf } from '../../domain/projection/naming.ts';
import { placeFamily } from '../../domain/projection/place-family.ts';
import type { Fence } from '../lease.ts';
import { familyOf, liveMarker, pastMarker } from './family-marker.ts';
import type { FamilyWork } from './family-work.ts';
import type { NodeElements } from './node-elements.ts';
import { isNews, type NodeUpdate, nodeUpdate } from './node-update.ts';
import { readNodes, readStoredNodes } from './read-facts.ts';
import { newNode, type StoredNode } from './stored-node.ts';
import { createNodes, patchNodes } from './write-nodes.ts';

/**
 * Writes the nodes of families to which the scan comes late, or of which an earlier write was cut off: everything stored
 * of them is read, the scan takes its place among the others, and what differs is written. Correct for every scan, slow.
 */
export async function writeLateNodes(
  fence: Fence,
  at: number,
  work: readonly FamilyWork[],
  elements: NodeElements,
): Promise<number> {
  if (work.length === 0) return 0;
  const { cluster } = fence;
  const markers = work.flatMap(({ family }) => [liveMarker(cluster, family), pastMarker(cluster, family)]);
  const stored = await fence.transaction((tx) => readStoredNodes(tx, markers));
  const byFamily = Map.groupBy(stored, ({ marker }) => familyOf(cluster, marker ?? ''));
  let written = 0;
  for (const one of work) written += await writeFamily(fence, at, one, byFamily.get(one.family) ?? [], elements);
  return written;
}

async function writeFamily(
  fence: Fence,
  at: number,
  { family, facts, covering }: FamilyWork,
  own: readonly StoredNode[],
  elements: NodeElements,
): Promise<number> {
  const entities = entitiesByNode(facts.entities);
  const stored = new Map(own.map((node) => [nodeName(node), node]));
  for (const node of await readOthers(fence, entities, stored)) stored.set(nodeName(node), node);

  const held = new Map([...entities].map(([name, { props }]) => [name, descriptionOf(props)]));
  const placed = placeFamily(
    { nodes: stored, relations: new Map() },
    { at, nodes: held, relations: new Set() },
    covering,
  );

  const context = { cluster: fence.cluster, family, instants: [...covering, at].sort((a, b) => a - b) };
  const created: NodeUpdate[] = [];
  const patched: NodeUpdate[] = [];
  for (const [name, fact] of placed.nodes) {
    const entity = entities.get(name);
    const known = stored.get(name);
    const update = nodeUpdate(known ?? newNode(entity as Entity), fact, entity, context);
    if (!known) created.push(update);
    else if (isNews(update, known)) patched.push(update);
  }
  await createNodes(fence, created, (node) => node, elements);
  for (const [label, updates] of Map.groupBy(patched, ({ label }) => label)) await patchNodes(fence, label, updates);
  return created.length + patched.length;
}

/** Nodes the scan describes that exist without being of the family yet: so far they were only named. */
async function readOthers(
  fence: Fence,
  entities: ReadonlyMap<string, Entity>,
  stored: ReadonlyMap<string, StoredNode>,
): Promise<StoredNode[]> {
  const unknown = [...entities].filter(([name]) => !stored.has(name)).map(([, entity]) => entity);
  const byLabel = [...Map.groupBy(unknown, ({ label }) => label)];
  return fence.transaction(async (tx) => {
    const found = byLabel.map(([label, group]) =>
      readNodes(
        tx,
        label,
        group.map(({ key }) => key),
      ),
    );
    return (await Promise.all(found)).flat();
  });
}
