import type { Call, WorkloadRef } from '../../domain/observation.ts';
import { ownWorkload, portOf } from './ends.ts';
import { FAMILY } from './groupings.ts';
import type { TrafficLabels } from './labels.ts';
import { addOutcome, noOutcomes } from './outcome.ts';
import type { Row } from './series.ts';

type NetworkRef = NonNullable<Call['egressNetwork']>;

/** The proxy never sent these anywhere (linkerd2-proxy outbound route errors); the others reached an endpoint. */
const UNDELIVERED = new Set(['FAIL_FAST', 'LOAD_SHED']);

const callerText = ({ namespace, kind, name }: WorkloadRef): string => `${namespace}/${kind}/${name}`;

/**
 * The EgressNetwork each external call went through. The route families name the network, port and, for TCP, the
 * address, but not the HTTP address: where two networks serve one caller's port, HTTP calls stay unattributed.
 */
export function attributeEgress(calls: readonly Call[], rows: readonly Row[], names: TrafficLabels): Call[] {
  const networks = new Map<string, Map<string, NetworkRef>>();
  for (const { labels } of rows) {
    const caller = ownWorkload(labels, names);
    if (caller === undefined || labels.parent_kind !== 'EgressNetwork' || isDenial(labels)) continue;
    const network = { namespace: labels.parent_namespace ?? '', name: labels.parent_name ?? '' };
    const port = labels.target_port ?? labels.parent_port ?? '';
    const key = `${callerText(caller)} ${labels.target_ip ?? ''}:${port}`;
    const known = networks.get(key) ?? new Map<string, NetworkRef>();
    networks.set(key, known.set(`${network.namespace}/${network.name}`, network));
  }
  const only = (key: string): NetworkRef | undefined => {
    const known = networks.get(key);
    return known?.size === 1 ? [...known.values()][0] : undefined;
  };
  return calls.map((call) => {
    if (call.callee.type !== 'external') return call;
    const caller = callerText(call.caller);
    const network = only(`${caller} ${call.callee.address}:${call.port}`) ?? only(`${caller} :${call.port}`);
    return network === undefined ? call : { ...call, egressNetwork: network };
  });
}

/**
 * What the caller's own proxy turned away: egress an EgressNetwork denies, and requests to a Service without an endpoint.
 * No endpoint family ever counts these.
 */
export function refusedCalls(rows: readonly Row[], names: TrafficLabels): Call[] {
  const calls = new Map<string, Call>();
  for (const { labels, value } of rows) {
    const caller = ownWorkload(labels, names);
    if (caller === undefined || value === 0 || !isRefusal(labels)) continue;
    const call = refusedCall(caller, labels);
    const key = JSON.stringify([call.caller, call.callee, call.port, call.protocol, call.egressNetwork]);
    const known = calls.get(key) ?? call;
    calls.set(key, known);
    if (call.protocol === 'tcp') known.connections += value;
    else addOutcome(known, refusalOutcome(labels), value, (labels.error ?? '') !== '');
    known.refused += value;
  }
  return [...calls.values()];
}

const isTcp = (labels: Row['labels']): boolean => /_(tcp|tls)_/.test(labels[FAMILY] ?? '');

const isDenial = (labels: Row['labels']): boolean =>
  isTcp(labels) ? labels.error === 'forbidden' : (labels.route_name ?? '').endsWith('-egress-deny');

function isRefusal(labels: Row['labels']): boolean {
  if (labels.parent_kind === 'EgressNetwork') return isDenial(labels);
  return labels.parent_kind === 'Service' && !isTcp(labels) && UNDELIVERED.has(labels.error ?? '');
}

const refusalOutcome = (labels: Row['labels']): string =>
  labels.error || labels.grpc_status || labels.http_status || 'REFUSED';

function refusedCall(caller: WorkloadRef, labels: Row['labels']): Call {
  const parent = { namespace: labels.parent_namespace ?? '', name: labels.parent_name ?? '' };
  const egress = labels.parent_kind === 'EgressNetwork';
  const address = labels.target_ip;
  const grpc = (labels[FAMILY] ?? '').includes('_grpc_');
  return {
    caller,
    callee:
      egress && address !== undefined
        ? { type: 'external', address }
        : { type: egress ? 'egressNetwork' : 'service', ...parent },
    port: portOf(labels.target_port ?? labels.parent_port),
    protocol: isTcp(labels) ? 'tcp' : grpc ? 'grpc' : 'http',
    // Nothing was sent, so nothing was encrypted: the proxy made no connection to tell of.
    tls: 'not_sent',
    ...(egress ? { egressNetwork: parent } : { service: parent }),
    ...noOutcomes(),
    refused: 0,
    connections: 0,
    bytesSent: 0,
    bytesReceived: 0,
  };
}
