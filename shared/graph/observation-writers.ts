import type { TrafficObservation } from '../domain/observation.ts';
import type { StructureObservation } from '../domain/projection/family-facts.ts';
import type { Graph } from './connection.ts';
import { type Fence, withLease } from './lease.ts';
import { writeStructure } from './structure/write-structure.ts';
import { writeTraffic } from './traffic/write-traffic.ts';

/** What a writer tells of one observation; `duplicate` and `superseded` left the graph as it was. */
export type Written = { readonly verdict: string };

export const leftAsItWas = ({ verdict }: Written): boolean => verdict === 'duplicate' || verdict === 'superseded';

/** The ways of observations into a graph that has its schema: what the use case of functions/write-graph asks for. */
export const observationWriters = (graph: Graph) => ({
  ensureSchema: async (): Promise<void> => {},
  withLease: (cluster: string, work: (fence: Fence) => Promise<Written>) => withLease(graph, cluster, work),
  writeTraffic: (fence: Fence, observation: TrafficObservation): Promise<Written> => writeTraffic(fence, observation),
  writeStructure: (fence: Fence, observation: StructureObservation): Promise<Written> =>
    writeStructure(fence, observation),
});
