import type { NodeRef } from '../../domain/observation.ts';
import type { Properties } from '../../domain/projection/changes.ts';
import { nodeName } from '../../domain/projection/family-facts.ts';
import type { Transaction } from '../connection.ts';
import type { Fence } from '../lease.ts';
import { inBatches } from '../traffic/in-batches.ts';
import closeQuery from './close-nodes.cypher';
import createChanges from './create-changes.cypher';
import createQuery from './create-nodes.cypher';
import deleteChanges from './delete-changes.cypher';
import { inGroups } from './in-groups.ts';
import nameQuery from './name-nodes.cypher';
import type { NodeElements } from './node-elements.ts';
import type { NodeUpdate } from './node-update.ts';
import patchQuery from './patch-nodes.cypher';
import { forColumns, forLabel } from './structure-query.ts';

/** Rows a transaction: more gains nothing, and fits a server with a small memory. */
export const BATCH = 5_000;

/**
 * Creates nodes that are known not to exist, and adds them to `elements`. The uniqueness of keys is the net below that
 * knowledge. What is written of an item is asked for when its turn comes, while the database works on those before it.
 */
export async function createNodes<Item extends NodeRef>(
  fence: Fence,
  items: readonly Item[],
  updateOf: (item: Item) => NodeUpdate,
  elements: NodeElements,
): Promise<void> {
  await inBatches(items, BATCH, (batch) =>
    fence.transaction((tx) =>
      inGroups(
        batch,
        ({ label }) => label,
        async (label, group) => {
          const rows = group.map((item) => ({ key: item.key, cluster: fence.cluster, ...updateOf(item).patch }));
          const created = await createGroup(tx, label, rows);
          for (const [index, node] of group.entries()) elements.set(nodeName(node), created[index] as string);
        },
      ),
    ),
  );
}

/** Values by column instead of maps: half of what is sent would be names. Returns element ids in the order of the rows. */
async function createGroup(
  tx: Transaction,
  label: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly string[]> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
  const [answer] = await tx.run<{ elements: string[] }>(forLabel(forColumns(createQuery, names), label), {
    rows: rows.map((row) => names.map((name) => row[name] ?? null)),
  });
  return answer?.elements ?? [];
}

/** Writes nodes that exist; a node and its changes in one transaction, so that neither is ever without the other. */
export async function patchNodes(fence: Fence, label: string, updates: readonly NodeUpdate[]): Promise<void> {
  await inBatches(updates, BATCH, (batch) =>
    fence.transaction(async (tx) => {
      await writeChanges(tx, label, batch);
      await tx.run(forLabel(patchQuery, label), { rows: batch.map(({ key, patch }) => ({ key, patch })) });
    }),
  );
}

async function writeChanges(tx: Transaction, label: string, batch: readonly NodeUpdate[]): Promise<void> {
  const keys = batch.flatMap(({ staleChanges }) => staleChanges);
  const rows = batch.flatMap(({ key, newChanges }) => newChanges.map((change) => ({ node: key, change })));
  if (keys.length > 0) await tx.run(deleteChanges, { keys });
  if (rows.length > 0) await tx.run(forLabel(createChanges, label), { rows });
}

export type Closing = { readonly at: number; readonly lastSeen: number; readonly family: string };

/** Ends the lives of nodes that the newest scan of their family no longer holds. */
export async function closeNodes(
  fence: Fence,
  label: string,
  keys: readonly string[],
  closing: Closing,
): Promise<void> {
  await inBatches(keys, BATCH, (batch) =>
    fence.transaction((tx) => tx.run(forLabel(closeQuery, label), { keys: batch, ...closing })),
  );
}

/** A node that something named without describing it. */
export type NamedNode = NodeRef & { readonly naming: Properties };

/** Sees to it that nodes exist and were seen at `at`. */
export async function nameNodes(fence: Fence, nodes: readonly NamedNode[], at: number): Promise<void> {
  for (const [label, named] of Map.groupBy(nodes, ({ label }) => label)) {
    await inBatches(named, BATCH, (batch) => {
      const rows = batch.map(({ key, naming }) => ({ key, naming }));
      return fence.transaction((tx) => tx.run(forLabel(nameQuery, label), { rows, cluster: fence.cluster, at }));
    });
  }
}
