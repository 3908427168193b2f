import type { Arrival } from '../../domain/observation.ts';
import { ownWorkload, portOf } from './ends.ts';
import { FAMILY } from './groupings.ts';
import type { TrafficLabels } from './labels.ts';
import { addOutcome, noOutcomes, outcomeOf } from './outcome.ts';
import { withoutRateLimited } from './rate-limited.ts';
import type { Row } from './series.ts';

type Labels = Row['labels'];

/**
 * The called side's view of one window from the rows of the `arrivals` groupings. `requests` is what policy counted when
 * it judged, `outcomes` and `failures` what was answered; a request judged in one window may be answered in the next.
 * gRPC is `http` here: the counters of refused requests do not tell the two apart.
 */
export function arrivalsFromRows(rows: readonly Row[], names: TrafficLabels): Arrival[] {
  const arrivals = new Map<string, Arrival>();
  for (const { labels, value } of rows) {
    const identified = identify(labels, names);
    if (identified === undefined || value === 0) continue;
    const key = JSON.stringify(identified);
    const arrival = arrivals.get(key) ?? { ...identified, ...noOutcomes() };
    arrivals.set(key, arrival);
    if (labels[FAMILY] === 'response_total') addAnswer(arrival, labels, value);
    else arrival.requests += value;
  }
  return withoutRateLimited([...arrivals.values()]);
}

function addAnswer(arrival: Arrival, labels: Labels, value: number): void {
  const judged = arrival.requests;
  addOutcome(arrival, outcomeOf(labels), value, labels.classification === 'failure');
  arrival.requests = judged;
}

function identify(
  labels: Labels,
  names: TrafficLabels,
): Omit<Arrival, 'requests' | 'failures' | 'outcomes'> | undefined {
  const workload = ownWorkload(labels, names);
  const verdict = verdictOf(labels);
  if (workload === undefined || verdict === undefined) return undefined;
  const route = policyRef(labels, 'route');
  const authorization = policyRef(labels, 'authz');
  const rateLimit = policyRef(labels, 'ratelimit');
  return {
    // Mesh TLS without a client certificate shows an empty client_id: no identity either.
    ...(labels.client_id && { identity: labels.client_id }),
    workload,
    port: portOf(labels.target_port),
    protocol: (labels[FAMILY] ?? '').startsWith('inbound_tcp_') ? 'tcp' : 'http',
    tls: labels.tls ?? '',
    ...(labels.no_tls_reason && { noTlsReason: labels.no_tls_reason }),
    verdict,
    server: policyRef(labels, 'srv') ?? { kind: 'default', name: '' },
    ...(route && { route }),
    ...(authorization && { authorization }),
    ...(rateLimit && { rateLimit }),
  };
}

function verdictOf(labels: Labels): Arrival['verdict'] | undefined {
  switch (labels[FAMILY]) {
    case 'inbound_http_authz_deny_total':
    case 'inbound_tcp_authz_deny_total':
      return 'denied';
    case 'inbound_http_route_not_found_total':
      return 'noRoute';
    case 'inbound_http_local_ratelimit_total':
      return 'rateLimited';
    case 'inbound_tcp_authz_terminate_total':
      return 'terminated';
    default:
      // An answer nobody authorized was made by the proxy itself and is counted by its verdict.
      if ((labels.authz_name ?? '') === '') return undefined;
      return labels.authz_kind === 'default' && labels.authz_name === 'audit' ? 'audited' : 'allowed';
  }
}

function policyRef(labels: Labels, prefix: string): { kind: string; name: string } | undefined {
  const kind = labels[`${prefix}_kind`];
  const name = labels[`${prefix}_name`];
  if (kind === undefined || name === undefined) return undefined;
  const group = labels[`${prefix}_group`];
  return { kind: group === undefined ? kind : `${kind}.${group}`, name };
}
