import type { Properties } from './changes.ts';
import type { Life } from './lives.ts';
import { type NodeFact, placeNode, placeRelation, UNKNOWN_NODE } from './place-fact.ts';

/** All that is stored of some families, live or not; nodes and relationships by name. */
export type StoredFacts = {
  readonly nodes: ReadonlyMap<string, NodeFact>;
  readonly relations: ReadonlyMap<string, readonly Life[]>;
};

/** All that one scan says of these families. */
export type ScannedFacts = {
  readonly at: number;
  readonly nodes: ReadonlyMap<string, Properties>;
  readonly relations: ReadonlySet<string>;
};

/**
 * The facts once the scan is placed among those that covered the family (`covering`: their instants without the scan's
 * own, ascending). The result depends on which scans were placed, not on their order, and placing one again changes
 * nothing. What no scan holds any more comes back without lives.
 */
export function placeFamily(stored: StoredFacts, scanned: ScannedFacts, covering: readonly number[]): StoredFacts {
  const { at } = scanned;
  const nodes = new Map<string, NodeFact>();
  for (const name of new Set([...stored.nodes.keys(), ...scanned.nodes.keys()])) {
    const fact = stored.nodes.get(name) ?? UNKNOWN_NODE;
    nodes.set(name, placeNode(fact, { at, held: scanned.nodes.get(name) }, covering));
  }
  const relations = new Map<string, Life[]>();
  for (const id of new Set([...stored.relations.keys(), ...scanned.relations])) {
    const held = scanned.relations.has(id) || undefined;
    relations.set(id, placeRelation(stored.relations.get(id) ?? [], { at, held }, covering));
  }
  return { nodes, relations };
}
