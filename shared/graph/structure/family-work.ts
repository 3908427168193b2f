import type { FamilyFacts } from '../../domain/projection/family-facts.ts';

/** What a scan says of one family, and the instants of the other scans that covered it, ascending. */
export type FamilyWork = { readonly family: string; readonly facts: FamilyFacts; readonly covering: readonly number[] };
