import type { FamilyFacts } from '../../domain/projection/family-facts.ts';
import { liveMarker } from './family-marker.ts';

/** What a scan says of one family, and the instants of the other scans that covered it, ascending. */
export type FamilyWork = { readonly family: string; readonly facts: FamilyFacts; readonly covering: readonly number[] };

/** Markers of what may be live of the families: of one that no scan covered before, nothing is. */
export const liveMarkers = (cluster: string, work: readonly FamilyWork[]): string[] =>
  work.filter(({ covering }) => covering.length > 0).map(({ family }) => liveMarker(cluster, family));
