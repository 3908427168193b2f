import type { Arrival, Call, ClusterObservation, TrafficObservation, WorkloadRef } from './observation.ts';

/** The top owner of a pod, where it is known. */
export type OwnerOf = (namespace: string, pod: string) => WorkloadRef | undefined;

/**
 * Prometheus names a pod by its owner only where a label says so; others are told by pod. With the cluster's own owner
 * chains they become their workloads: rows that then speak of the same edge are added up. Pods nobody knows stay.
 * A percentile of two pods together cannot be told from theirs, so such a row has no latency.
 */
export function resolvePods(observation: TrafficObservation, ownerOf: OwnerOf): TrafficObservation {
  const resolve = <Ref extends WorkloadRef>(ref: Ref): Ref =>
    ref.kind === 'Pod' ? { ...ref, ...ownerOf(ref.namespace, ref.name) } : ref;
  const calls = observation.calls.map((call) => ({
    ...call,
    caller: resolve(call.caller),
    callee: call.callee.type === 'workload' ? resolve(call.callee) : call.callee,
  }));
  const arrivals = observation.arrivals.map((arrival) => ({ ...arrival, workload: resolve(arrival.workload) }));
  return { ...observation, calls: added(calls, addCalls), arrivals: added(arrivals, addArrivals) };
}

/** The pods a reading could only name as pods. */
export function unownedPods({ calls, arrivals }: TrafficObservation): { namespace: string; name: string }[] {
  const ends = [
    ...calls.flatMap(({ caller, callee }) => (callee.type === 'workload' ? [caller, callee] : [caller])),
    ...arrivals.map(({ workload }) => workload),
  ];
  const pods = new Map(ends.filter(({ kind }) => kind === 'Pod').map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
  return [...pods.values()].map(({ namespace, name }) => ({ namespace, name }));
}

/** Owners by "namespace/pod". */
export type PodOwners = Map<string, WorkloadRef>;

export const ownerIn =
  (owners: PodOwners): OwnerOf =>
  (namespace, pod) =>
    owners.get(`${namespace}/${pod}`);

/** Adds the owners a reading of the cluster tells of; what it tells wins over what was known. */
export function addPodOwners(owners: PodOwners, { entities, relations }: ClusterObservation): void {
  const workloads = new Map(entities.filter(({ label }) => label === 'Workload').map(({ key, props }) => [key, props]));
  const pods = new Map(entities.filter(({ label }) => label === 'Pod').map(({ key, props }) => [key, props]));
  for (const { type, from, to } of relations) {
    const [pod, workload] = type === 'PART_OF' ? [pods.get(from.key), workloads.get(to.key)] : [];
    if (pod === undefined || workload === undefined) continue;
    owners.set(`${pod.namespace}/${pod.name}`, {
      namespace: String(workload.namespace),
      kind: String(workload.kind),
      name: String(workload.name),
    });
  }
}

/** Rows of one edge as one, in the stable order of all readings: by their text. */
function added<Row extends Call | Arrival>(rows: readonly Row[], add: (a: Row, b: Row) => Row): Row[] {
  const edges = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify(identityOf(row));
    const same = edges.get(key);
    edges.set(key, same === undefined ? row : add(same, row));
  }
  return [...edges.values()]
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);
}

const MEASURES = [
  'requests',
  'failures',
  'refused',
  'connections',
  'bytesSent',
  'bytesReceived',
  'outcomes',
  'latencyMs',
];

const identityOf = (row: Call | Arrival) =>
  Object.entries(row)
    .filter(([name]) => !MEASURES.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));

function addCalls({ latencyMs, ...a }: Call, { latencyMs: other, ...b }: Call): Call {
  const only = latencyMs === undefined ? other : other === undefined ? latencyMs : undefined;
  return {
    ...a,
    requests: a.requests + b.requests,
    failures: a.failures + b.failures,
    refused: a.refused + b.refused,
    connections: a.connections + b.connections,
    bytesSent: a.bytesSent + b.bytesSent,
    bytesReceived: a.bytesReceived + b.bytesReceived,
    outcomes: addOutcomes(a.outcomes, b.outcomes),
    ...(only !== undefined && { latencyMs: only }),
  };
}

const addArrivals = (a: Arrival, b: Arrival): Arrival => ({
  ...a,
  requests: a.requests + b.requests,
  failures: a.failures + b.failures,
  outcomes: addOutcomes(a.outcomes, b.outcomes),
});

const addOutcomes = (a: Record<string, number>, b: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]),
  );
