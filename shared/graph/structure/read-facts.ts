import { DATED_LABELS, STRUCTURAL_TYPES } from '../../domain/graph-schema.ts';
import type { NodeRef, Relation } from '../../domain/observation.ts';
import { nodeName } from '../../domain/projection/family-facts.ts';
import type { Life } from '../../domain/projection/lives.ts';
import type { Transaction } from '../connection.ts';
import liveNodes from './live-nodes.cypher';
import liveRelations from './live-relations.cypher';
import nodesByKey from './nodes-by-key.cypher';
import { type NodeRow, type StoredNode, storedNode } from './stored-node.ts';
import storedNodes from './stored-nodes.cypher';
import storedRelations from './stored-relations.cypher';
import { forLabel, forType } from './structure-query.ts';

export type LiveNode = NodeRef & { readonly hash: string; readonly family: string };
export type LiveRelation = { readonly id: string; readonly element: string; readonly family: string };
/** One interval of a relationship as the graph has it. */
export type StoredRelation = Relation & { readonly id: string; readonly element: string; readonly life: Life };

/** The live nodes of families (by their markers), by name: only what it takes to see whether they changed. */
export async function readLiveNodes(tx: Transaction, families: readonly string[]): Promise<Map<string, LiveNode>> {
  const rows = await over(DATED_LABELS, families, (label) =>
    tx.run<LiveNode>(forLabel(liveNodes, label), { families }),
  );
  return new Map(rows.map(([label, row]) => [nodeName({ label, key: row.key }), { ...row, label }]));
}

export async function readLiveRelations(
  tx: Transaction,
  families: readonly string[],
): Promise<Map<string, LiveRelation>> {
  const rows = await over(STRUCTURAL_TYPES, families, (type) =>
    tx.run<LiveRelation>(forType(liveRelations, type), { families }),
  );
  return new Map(rows.map(([, row]) => [row.id, row]));
}

/** All nodes of families, live and past, with their whole history. */
export async function readStoredNodes(tx: Transaction, families: readonly string[]): Promise<StoredNode[]> {
  const rows = await over(DATED_LABELS, families, (label) =>
    tx.run<NodeRow>(forLabel(storedNodes, label), { families }),
  );
  return rows.map(([label, row]) => storedNode(label, row));
}

/** All intervals of the relationships of families, live and past. */
export async function readStoredRelations(tx: Transaction, families: readonly string[]): Promise<StoredRelation[]> {
  const rows = await over(STRUCTURAL_TYPES, families, (type) =>
    tx.run<RelationRow>(forType(storedRelations, type), { families }),
  );
  return rows.map(([type, row]) => storedRelation(type, row));
}

type RelationRow = Pick<StoredRelation, 'element' | 'from' | 'to'> & {
  readonly properties: Relation['props'] & RelationLife;
};

type RelationLife = {
  readonly id: string;
  readonly family: string;
  readonly validFrom: number;
  readonly validTo?: number;
};

function storedRelation(type: string, { element, from, to, properties }: RelationRow): StoredRelation {
  const { id, family, validFrom, validTo, ...props } = properties;
  return {
    type,
    id,
    element,
    from,
    to,
    family,
    props,
    life: { from: validFrom, to: validTo ?? Number.POSITIVE_INFINITY },
  };
}

/** Those of the nodes that exist, without their changes. */
export async function readNodes(tx: Transaction, label: string, keys: readonly string[]): Promise<StoredNode[]> {
  return (await tx.run<NodeRow>(forLabel(nodesByKey, label), { keys })).map((row) => storedNode(label, row));
}

/** Asks for every name, unless no family is meant: the answer is known, and planning the queries costs a new server seconds. */
async function over<Row>(
  names: readonly string[],
  families: readonly string[],
  read: (name: string) => Promise<Row[]>,
): Promise<[string, Row][]> {
  if (families.length === 0) return [];
  const all = await Promise.all(names.map(async (name) => (await read(name)).map((row): [string, Row] => [name, row])));
  return all.flat();
}
