import type { Arrival, Call, ClusterObservation, TrafficObservation } from '../../shared/domain/observation.ts';
import { type Edge, REFUSED_EGRESS } from './truth.ts';

/** Who has no identity of Linkerd's; in the recording that is legacy/cron and nobody else beside the kubelet. */
export const NOBODY = '(no identity)';

export type OurEdge = Edge & { called: number; arrived: number };

type Layer = 'called' | 'arrived';
type Told = { readonly layer: Layer; readonly edge: Edge; readonly count: number };

/** The totals of both layers over all windows, by the same words as the truth. */
export function ourTotals(windows: readonly TrafficObservation[], snapshots: readonly ClusterObservation[]): OurEdge[] {
  const calls = windows.flatMap((window) => window.calls);
  const arrivals = windows.flatMap((window) => window.arrivals);
  const grpc = new Set(
    calls.filter(({ protocol }) => protocol === 'grpc').map((call) => `${calleeName(call)}:${call.port}`),
  );
  const callerOf = owners(snapshots);
  const totals = new Map<string, OurEdge>();
  for (const { layer, edge, count } of [
    ...calls.flatMap(toldByCaller),
    ...arrivals.flatMap((one) => toldByCallee(one, callerOf, grpc)),
  ]) {
    const key = JSON.stringify([edge.caller, edge.callee, edge.port, edge.outcome]);
    const total = totals.get(key) ?? { ...edge, called: 0, arrived: 0 };
    total[layer] += count;
    totals.set(key, total);
  }
  return [...totals.values()];
}

function toldByCaller(call: Call): Told[] {
  const ends = { caller: name(call.caller), callee: calleeName(call), port: call.port };
  return outcomesOfCall(call).map(([outcome, count]) => ({ layer: 'called', edge: { ...ends, outcome }, count }));
}

function toldByCallee(arrival: Arrival, callerOf: (identity?: string) => string, grpc: ReadonlySet<string>): Told[] {
  const ends = { caller: callerOf(arrival.identity), callee: name(arrival.workload), port: arrival.port };
  const refusal = grpc.has(`${ends.callee}:${ends.port}`) ? 'PERMISSION_DENIED' : '403';
  return outcomesOfArrival(arrival, refusal).map(([outcome, count]) => ({
    layer: 'arrived',
    edge: { ...ends, outcome },
    count,
  }));
}

const name = ({ namespace, name }: { namespace: string; name: string }): string => `${namespace}/${name}`;

function calleeName({ callee }: Call): string {
  if (callee.type === 'egressNetwork') return REFUSED_EGRESS;
  return callee.type === 'external' ? callee.address : name(callee);
}

const outcomesOfCall = (call: Call): [string, number][] =>
  call.protocol === 'tcp' ? [['connected', call.connections]] : Object.entries(call.outcomes);

/** A caller is answered 403 or PERMISSION_DENIED by the called side's proxy; a refused connection is closed. */
function outcomesOfArrival(arrival: Arrival, refusal: string): [string, number][] {
  if (arrival.verdict === 'denied') return [[arrival.protocol === 'tcp' ? 'denied' : refusal, arrival.requests]];
  return arrival.protocol === 'tcp' ? [['connected', arrival.requests]] : Object.entries(arrival.outcomes);
}

/** The one workload that carries an identity, in any snapshot; an identity of several stands for itself. */
function owners(snapshots: readonly ClusterObservation[]): (identity?: string) => string {
  const accounts = new Map<string, string>();
  const workloads = new Map<string, Set<string>>();
  for (const { relations } of snapshots) {
    for (const { type, from, to } of relations) {
      if (type === 'HAS_IDENTITY') accounts.set(to.key.slice(to.key.lastIndexOf('/') + 1), from.key);
      if (type !== 'RUNS_AS') continue;
      const [, namespace, , workload] = from.key.split('/');
      workloads.set(to.key, (workloads.get(to.key) ?? new Set()).add(`${namespace}/${workload}`));
    }
  }
  return (identity) => {
    if (identity === undefined) return NOBODY;
    const [only, ...others] = workloads.get(accounts.get(identity) ?? '') ?? [];
    return only !== undefined && others.length === 0 ? only : identity;
  };
}
