import type { FamilyFacts } from '../../domain/projection/family-facts.ts';

/** What a scan says of one family, and the instants of the other scans that covered it, ascending. */
export type FamilyWork = { readonly family: string; readonly facts: FamilyFacts; readonly covering: readonly number[] };

/** How many nodes and relationships were created, changed or closed. */
export type WriteCounts = { readonly nodes: number; readonly relations: number };

export const NO_WRITES: WriteCounts = { nodes: 0, relations: 0 };

export const addCounts = (a: WriteCounts, b: WriteCounts): WriteCounts => ({
  nodes: a.nodes + b.nodes,
  relations: a.relations + b.relations,
});
