import { ContractError } from '../../domain/errors.ts';
import type { NodeRef, Relation } from '../../domain/observation.ts';
import { nodeName } from '../../domain/projection/family-facts.ts';
import { isLive, type Life } from '../../domain/projection/lives.ts';
import type { Transaction } from '../connection.ts';
import type { Fence } from '../lease.ts';
import { inBatches } from '../traffic/in-batches.ts';
import closeQuery from './close-relations.cypher';
import createBareQuery from './create-bare-relations.cypher';
import createQuery from './create-relations.cypher';
import deleteQuery from './delete-relations.cypher';
import { liveMarker, pastMarker } from './family-marker.ts';
import { inGroups } from './in-groups.ts';
import moveQuery from './move-relations.cypher';
import { learnEnds, type NodeElements } from './node-elements.ts';
import { forType } from './structure-query.ts';
import { BATCH } from './write-nodes.ts';

/** One interval of a relationship. */
export type Interval = {
  readonly id: string;
  readonly type: string;
  readonly from: NodeRef;
  readonly to: NodeRef;
  readonly family: string;
  readonly props: Relation['props'];
  readonly life: Life;
};

/**
 * Creates intervals whose ends exist: one statement a type, family and life, so that rows are short. `elements` are the
 * ends that are known already.
 */
export async function createRelations(
  fence: Fence,
  intervals: readonly Interval[],
  elements: NodeElements,
): Promise<void> {
  const together = [...Map.groupBy(intervals, groupOf).values()].flat();
  await inBatches(together, BATCH, (batch) =>
    fence.transaction(async (tx) => {
      await learnEnds(tx, elements, batch);
      await inGroups(batch, groupOf, (_, group) => createGroup(tx, fence.cluster, group, elements));
    }),
  );
}

async function createGroup(
  tx: Transaction,
  cluster: string,
  group: readonly Interval[],
  elements: NodeElements,
): Promise<void> {
  const { type, family, life, props } = group[0] as Interval;
  const bare = isBare(props);
  const rows = group.map((interval) => {
    const ends = [elements.get(nodeName(interval.from)), elements.get(nodeName(interval.to))];
    return bare ? [...ends, interval.id] : [...ends, interval.id, interval.props];
  });
  const { counters } = await tx.run(forType(bare ? createBareQuery : createQuery, type), {
    rows,
    ...lifeColumns(life),
    family: markerOf(cluster, family, life),
  });
  if (counters.relationshipsCreated === group.length) return;
  throw new ContractError(
    `of ${group.length} ${type} relationships ${counters.relationshipsCreated} found both their ends; nothing of them was written`,
  );
}

const isBare = (props: Relation['props']): boolean => Object.keys(props).length === 0;

const groupOf = ({ type, family, life, props }: Interval): string =>
  [type, family, life.from, life.to, isBare(props)].join(' ');

/** Ends relationships (by element id) that the newest scan of their family no longer holds. */
export async function closeRelations(
  fence: Fence,
  elements: readonly string[],
  closing: { readonly at: number; readonly family: string },
): Promise<void> {
  await inBatches(elements, BATCH, (batch) =>
    fence.transaction((tx) => tx.run(closeQuery, { elements: batch, ...closing })),
  );
}

export type Move = { readonly element: string; readonly family: string; readonly life: Life };

/** Gives stored intervals another life. */
export async function moveRelations(fence: Fence, moves: readonly Move[]): Promise<void> {
  await inBatches(moves, BATCH, (batch) => {
    const rows = batch.map(({ element, family, life }) => ({
      element,
      ...lifeColumns(life),
      family: markerOf(fence.cluster, family, life),
    }));
    return fence.transaction((tx) => tx.run(moveQuery, { rows }));
  });
}

export async function deleteRelations(fence: Fence, elements: readonly string[]): Promise<void> {
  await inBatches(elements, BATCH, (batch) => fence.transaction((tx) => tx.run(deleteQuery, { elements: batch })));
}

const lifeColumns = ({ from, to }: Life) => ({ validFrom: from, validTo: Number.isFinite(to) ? to : null });

const markerOf = (cluster: string, family: string, life: Life): string =>
  isLive([life]) ? liveMarker(cluster, family) : pastMarker(cluster, family);
