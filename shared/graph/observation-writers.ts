import type { TrafficObservation } from '../domain/observation.ts';
import type { StructureObservation } from '../domain/projection/family-facts.ts';
import type { Graph } from './connection.ts';
import { DEFAULT_LEASE, type Fence, type LeaseOptions, withLease } from './lease.ts';
import { type StructureSummary, writeStructure } from './structure/write-structure.ts';
import { type TrafficSummary, writeTraffic } from './traffic/write-traffic.ts';

/** What a writer tells of one observation; `duplicate` and `superseded` left the graph as it was. */
export type Written = StructureSummary | TrafficSummary;

export const leftAsItWas = ({ verdict }: Written): boolean => verdict === 'duplicate' || verdict === 'superseded';

/** The ways of observations into a graph that has its schema: what the use case of functions/write-graph asks for. */
export const observationWriters = (graph: Graph, lease: LeaseOptions = DEFAULT_LEASE) => ({
  withLease: (cluster: string, work: (fence: Fence) => Promise<Written>) => withLease(graph, cluster, work, lease),
  writeTraffic: (fence: Fence, observation: TrafficObservation): Promise<Written> => writeTraffic(fence, observation),
  writeStructure: (fence: Fence, observation: StructureObservation): Promise<Written> =>
    writeStructure(fence, observation),
});
