import type { Observation, TrafficObservation } from '../../shared/domain/observation.ts';
import type { StructureObservation } from '../../shared/domain/projection/family-facts.ts';

/** `Fence` is the right to write one cluster (shared/graph/lease.ts); `Written` what a writer tells of its work. */
export type Deps<Fence, Written> = {
  readonly withLease: (cluster: string, work: (fence: Fence) => Promise<Written>) => Promise<Written>;
  readonly writeTraffic: (fence: Fence, observation: TrafficObservation) => Promise<Written>;
  readonly writeStructure: (fence: Fence, observation: StructureObservation) => Promise<Written>;
};

/**
 * Projects one observation onto the graph, as the only writer of its cluster. Deliver it as often and as late as you
 * like: the graph depends on the set of observations written. Throws `UnavailableError` when another writer does not
 * end or the graph does not answer: deliver again. The graph must have its schema (shared/graph/constraints.ts).
 */
export function writeObservation<Fence, Written>(
  deps: Deps<Fence, Written>,
  observation: Observation,
): Promise<Written> {
  return deps.withLease(observation.cluster, (fence) =>
    observation.source === 'traffic' ? deps.writeTraffic(fence, observation) : deps.writeStructure(fence, observation),
  );
}
