import type { Arrival, Call, ClusterObservation, TrafficObservation, WorkloadRef } from './observation.ts';

/** The top owner of a pod, where it is known. */
export type OwnerOf = (namespace: string, pod: string) => WorkloadRef | undefined;

/**
 * Prometheus names a pod by its owner only where a label says so; others are told by pod. With the cluster's own owner
 * chains they become their workloads: rows that then speak of the same edge are added up. Pods nobody knows stay.
 * A percentile of several pods together cannot be told from theirs, so such a row has no latency.
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
function added<Row extends Call | Arrival>(rows: readonly Row[], add: (rows: readonly [Row, ...Row[]]) => Row): Row[] {
  return [...Map.groupBy(rows, (row) => JSON.stringify(identityOf(row))).values()]
    .map((same) => (same.length > 1 ? add(same as [Row, ...Row[]]) : (same[0] as Row)))
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

function addCalls(calls: readonly [Call, ...Call[]]): Call {
  const [{ latencyMs: _, ...first }] = calls;
  const [latency, ...others] = calls.flatMap(({ latencyMs }) => latencyMs ?? []);
  const total = (of: (call: Call) => number) => calls.reduce((sum, call) => sum + of(call), 0);
  return {
    ...first,
    requests: total(({ requests }) => requests),
    failures: total(({ failures }) => failures),
    refused: total(({ refused }) => refused),
    connections: total(({ connections }) => connections),
    bytesSent: total(({ bytesSent }) => bytesSent),
    bytesReceived: total(({ bytesReceived }) => bytesReceived),
    outcomes: addOutcomes(calls),
    ...(latency !== undefined && others.length === 0 && { latencyMs: latency }),
  };
}

const addArrivals = (arrivals: readonly [Arrival, ...Arrival[]]): Arrival => ({
  ...arrivals[0],
  requests: arrivals.reduce((sum, { requests }) => sum + requests, 0),
  failures: arrivals.reduce((sum, { failures }) => sum + failures, 0),
  outcomes: addOutcomes(arrivals),
});

function addOutcomes(rows: readonly Pick<Call, 'outcomes'>[]): Record<string, number> {
  const names = new Set(rows.flatMap(({ outcomes }) => Object.keys(outcomes)));
  const total = (name: string) => rows.reduce((sum, { outcomes }) => sum + (outcomes[name] ?? 0), 0);
  return Object.fromEntries([...names].sort().map((name) => [name, total(name)]));
}
