import type { Entity } from '../../domain/observation.ts';
import { entitiesByNode, nodeName } from '../../domain/projection/family-facts.ts';
import { descriptionOf } from '../../domain/projection/naming.ts';
import { placeFamily } from '../../domain/projection/place-family.ts';
import type { Fence } from '../lease.ts';
import type { FamilyWork } from './family-work.ts';
import { isNews, type NodeUpdate, nodeUpdate } from './node-update.ts';
import { readNodes } from './read-facts.ts';
import { newNode, type StoredNode } from './stored-node.ts';
import { createNodes, patchNodes } from './write-nodes.ts';

/** Places a scan among those that covered a family, for its nodes. `own`: all nodes stored of the family. */
export async function writeLateNodes(
  fence: Fence,
  at: number,
  { family, facts, covering }: FamilyWork,
  own: readonly StoredNode[],
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
  for (const [label, updates] of Map.groupBy(created, ({ label }) => label)) await createNodes(fence, label, updates);
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
