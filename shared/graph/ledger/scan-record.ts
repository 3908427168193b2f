import type { Observation } from '../../domain/observation.ts';
import { digestOf } from '../digest.ts';

/** A `Scan` node's properties (shared/domain/graph-schema.ts): what was observed when, and what was not. */
export type ScanRecord = Readonly<Record<string, string | number | boolean | readonly string[]>> & {
  readonly key: string;
  readonly digest: string;
};

/** The ledger's entry for an observation; `familyDigests` by family, for those that were read whole. */
export function scanRecord(
  observation: Observation,
  familyDigests: ReadonlyMap<string, string> = new Map(),
): ScanRecord {
  const { id, cluster, source, at, readAt, coverage } = observation;
  const families = [...familyDigests.keys()].sort();
  return {
    key: id,
    cluster,
    source,
    at,
    readAt,
    ...(source === 'traffic' ? { from: observation.window.from } : {}),
    digest: digestOf(contentOf(observation, familyDigests)),
    families,
    familyDigests: families.map((family) => familyDigests.get(family) as string),
    complete: isComplete(observation),
    coverage: JSON.stringify(coverage),
  };
}

const contentOf = (observation: Observation, familyDigests: ReadonlyMap<string, string>): string =>
  observation.source === 'traffic'
    ? JSON.stringify([observation.window, observation.calls, observation.arrivals, observation.coverage])
    : JSON.stringify([[...familyDigests].sort(), observation.coverage]);

function isComplete(observation: Observation): boolean {
  if (observation.source === 'traffic') return observation.coverage.complete;
  if (observation.source === 'certificates') return observation.coverage.notes.length === 0;
  return Object.values(observation.coverage.kinds).every(({ status }) => status === 'complete' || status === 'absent');
}
