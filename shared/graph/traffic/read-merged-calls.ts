import { type IdentityOwner, ownersIn } from '../../domain/traffic-series/identity-owners.ts';
import {
  type ArrivedWindows,
  type CalledWindows,
  type MergedEdge,
  mergeLayers,
} from '../../domain/traffic-series/merge-layers.ts';
import type { Graph } from '../connection.ts';
import arrivalWindows from './arrival-windows.cypher';
import callWindows from './call-windows.cypher';
import identityOwners from './identity-owners.cypher';

/** The windows that start in `[since, until)`; `callers` and `callees` are node keys, absent for any. */
export type MergedPeriod = {
  readonly since: number;
  readonly until: number;
  readonly cluster?: string;
  readonly callers?: readonly string[];
  readonly callees?: readonly string[];
};

/**
 * Both layers as one (see `mergeLayers`). `callers` may hold keys of identities and of Unauthenticated too: those whose
 * arrivals nobody in particular called. Costs the windows of the period: ask for the ends you need when it is long.
 */
export async function readMergedCalls(graph: Graph, period: MergedPeriod): Promise<MergedEdge[]> {
  const { callers, callees = null, cluster = null, ...span } = period;
  const owned = await graph.read<IdentityOwner>(identityOwners, { ...span, cluster });
  const owners = ownersIn(owned, period.until);
  const wanted = callers && new Set(callers);
  const identities = wanted && [
    ...wanted,
    ...[...owners].flatMap(([identity, [owner]]) => (wanted.has(owner ?? '') ? identity : [])),
  ];
  const calls = await graph.read<CalledWindows>(callWindows, { ...span, cluster, callees, callers: callers ?? null });
  const arrivals = await graph.read<ArrivedWindows>(arrivalWindows, {
    ...span,
    cluster,
    callees,
    identities: identities ?? null,
  });
  const edges = mergeLayers(calls, arrivals, owners);
  return wanted ? edges.filter(({ caller }) => wanted.has(caller)) : edges;
}
