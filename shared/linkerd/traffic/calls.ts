import type { Call, Callee, WorkloadRef } from '../../domain/observation.ts';
import { calledEnd, ownWorkload, portOf } from './ends.ts';
import { FAMILY } from './groupings.ts';
import type { TrafficLabels } from './labels.ts';
import { addOutcome, isGrpc, noOutcomes, outcomeOf } from './outcome.ts';
import type { Row } from './series.ts';

export type Latency = NonNullable<Call['latencyMs']>;

/** One caller, callee, port and TLS state, before it is known which protocols it spoke. */
type Edge = {
  readonly ends: Pick<Call, 'caller' | 'callee' | 'port' | 'tls' | 'noTlsReason' | 'serverIdentity' | 'service'>;
  readonly http: ReturnType<typeof noOutcomes>;
  readonly grpc: ReturnType<typeof noOutcomes>;
  /** Rows without a gRPC code but with a proxy error: gRPC's where the edge speaks gRPC. */
  readonly broken: [outcome: string, count: number, failed: boolean][];
  started: number;
  connections: number;
  bytesSent: number;
  bytesReceived: number;
  speaksHttp: boolean;
  speaksGrpc: boolean;
  latency?: Latency;
};

/**
 * The caller's view of one window from the rows of the `calls` groupings and the latency of each edge.
 * An edge is active when a request began or ended, a connection opened, or, for opaque TCP, bytes moved.
 */
export function callsFromRows(
  rows: readonly Row[],
  latencies: ReadonlyMap<string, Latency>,
  names: TrafficLabels,
): Call[] {
  const edges = new Map<string, Edge>();
  for (const row of rows) {
    const key = edgeKey(row.labels, names);
    if (key === undefined) continue;
    const edge = edges.get(key) ?? newEdge(row.labels, names, latencies.get(key));
    edges.set(key, edge);
    count(edge, row);
  }
  return [...edges.values()].flatMap(callsOfEdge);
}

/** The key of the edge a row speaks of; none where another grouping has the same traffic. */
export function edgeKey(labels: Row['labels'], names: TrafficLabels): string | undefined {
  const caller = ownWorkload(labels, names);
  const callee = calledEnd(labels, names);
  if (caller === undefined || callee === undefined) return undefined;
  const { target_port, tls, no_tls_reason, server_id, dst_namespace, dst_service } = labels;
  return JSON.stringify([
    endText(caller),
    endText(callee),
    target_port,
    tls,
    no_tls_reason,
    server_id,
    dst_namespace,
    dst_service,
  ]);
}

const endText = (end: WorkloadRef | Callee): string => Object.values(end).join('/');

function newEdge(labels: Row['labels'], names: TrafficLabels, latency: Latency | undefined): Edge {
  const ends = {
    caller: ownWorkload(labels, names) as WorkloadRef,
    callee: calledEnd(labels, names) as Callee,
    port: portOf(labels.target_port),
    tls: labels.tls ?? '',
    ...(labels.no_tls_reason && { noTlsReason: labels.no_tls_reason }),
    ...(labels.server_id && { serverIdentity: labels.server_id }),
    ...(labels.dst_service && { service: { namespace: labels.dst_namespace ?? '', name: labels.dst_service } }),
  };
  const edge: Edge = {
    ends,
    http: noOutcomes(),
    grpc: noOutcomes(),
    broken: [],
    started: 0,
    connections: 0,
    bytesSent: 0,
    bytesReceived: 0,
    speaksHttp: false,
    speaksGrpc: false,
  };
  return latency === undefined ? edge : { ...edge, latency };
}

function count(edge: Edge, { labels, value }: Row): void {
  switch (labels[FAMILY]) {
    case 'request_total':
      edge.speaksHttp = true;
      edge.started += value;
      return;
    case 'tcp_open_total':
      edge.connections += value;
      return;
    // The proxy reads from the callee what the callee sends.
    case 'tcp_read_bytes_total':
      edge.bytesReceived += value;
      return;
    case 'tcp_write_bytes_total':
      edge.bytesSent += value;
      return;
    default:
      countAnswer(edge, labels, value);
  }
}

function countAnswer(edge: Edge, labels: Row['labels'], value: number): void {
  const failed = labels.classification === 'failure';
  edge.speaksHttp = true;
  if (isGrpc(labels)) {
    edge.speaksGrpc = true;
    addOutcome(edge.grpc, outcomeOf(labels), value, failed);
  } else if ((labels.error ?? '') !== '') edge.broken.push([labels.error as string, value, failed]);
  else addOutcome(edge.http, outcomeOf(labels), value, failed);
}

function callsOfEdge(edge: Edge): Call[] {
  for (const [outcome, value, failed] of edge.broken) {
    addOutcome(edge.speaksGrpc ? edge.grpc : edge.http, outcome, value, failed);
  }
  const moved = edge.bytesSent + edge.bytesReceived > 0;
  const { connections, bytesSent, bytesReceived } = edge;
  const transport = { refused: 0, connections, bytesSent, bytesReceived };
  if (!edge.speaksHttp) {
    return connections > 0 || moved ? [{ ...edge.ends, protocol: 'tcp', ...noOutcomes(), ...transport }] : [];
  }
  // Connections and bytes are told once an edge: they go with the protocol that carried more.
  const main =
    edge.grpc.requests > edge.http.requests || (edge.speaksGrpc && edge.http.requests === 0) ? 'grpc' : 'http';
  const other = main === 'grpc' ? 'http' : 'grpc';
  const calls: Call[] = [];
  if (edge[main].requests > 0 || edge.started > 0 || connections > 0) {
    calls.push({
      ...edge.ends,
      protocol: main,
      ...edge[main],
      ...transport,
      ...(edge.latency && { latencyMs: edge.latency }),
    });
  }
  if (edge[other].requests > 0) {
    calls.push({
      ...edge.ends,
      protocol: other,
      ...edge[other],
      refused: 0,
      connections: 0,
      bytesSent: 0,
      bytesReceived: 0,
    });
  }
  return calls;
}
