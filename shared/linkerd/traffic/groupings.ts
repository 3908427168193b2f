import type { TrafficLabels } from './labels.ts';

/**
 * What is asked of Prometheus, as data: the same groupings make the PromQL (promql.ts) and are evaluated over raw samples
 * (raw.ts), so the two cannot drift apart.
 */
export type Matcher = { readonly label: string; readonly op: '=' | '!='; readonly value: string };
export type Grouping = {
  readonly families: readonly string[];
  readonly matchers: readonly Matcher[];
  readonly by: readonly string[];
};

/** The label a grouping's rows carry the metric family in. */
export const FAMILY = 'family';

const OUTCOME = ['status_code', 'classification', 'grpc_status', 'error'] as const;
const TLS = ['target_port', 'tls', 'no_tls_reason'] as const;

const is = (label: string, value: string): Matcher => ({ label, op: '=', value });
const isNot = (label: string, value: string): Matcher => ({ label, op: '!=', value });

/** The proxy's own admin and tap ports are never a business edge (linkerd2 pkg/k8s/labels.go). */
const NOT_ADMIN = [isNot('target_port', '4190'), isNot('target_port', '4191')];

/** `peer="src"` is the application's own connection to its proxy, `loopback` a pod calling itself. */
const OUTBOUND = [is('direction', 'outbound'), isNot('peer', 'src'), ...NOT_ADMIN, isNot('no_tls_reason', 'loopback')];

const CALL_FAMILIES = [
  'response_total',
  'request_total',
  'tcp_open_total',
  'tcp_read_bytes_total',
  'tcp_write_bytes_total',
];
export const LATENCY_FAMILIES = ['response_latency_ms_bucket'];
/** Counted by the called side's policy; these never expire. */
const VERDICT_FAMILIES = [
  'inbound_http_authz_allow_total',
  'inbound_http_authz_deny_total',
  'inbound_http_route_not_found_total',
  'inbound_http_local_ratelimit_total',
  'inbound_tcp_authz_allow_total',
  'inbound_tcp_authz_deny_total',
  'inbound_tcp_authz_terminate_total',
];
const ROUTE_FAMILIES = [
  'outbound_http_route_request_statuses_total',
  'outbound_grpc_route_request_statuses_total',
  'outbound_tcp_route_open_total',
  'outbound_tcp_route_close_total',
  'outbound_tls_route_open_total',
  'outbound_tls_route_close_total',
];

export type Counter = { readonly family: string; readonly matchers: readonly Matcher[] };

/** Every counter family read, with the matchers that single out what counts: what resets are looked for in. */
export const ENDPOINT_COUNTERS: readonly Counter[] = [
  ...CALL_FAMILIES.map((family) => ({ family, matchers: OUTBOUND })),
  { family: 'response_total', matchers: [is('direction', 'inbound'), ...NOT_ADMIN] },
];
export const POLICY_COUNTERS: readonly Counter[] = [
  ...VERDICT_FAMILIES.map((family) => ({ family, matchers: NOT_ADMIN })),
  ...ROUTE_FAMILIES.map((family) => ({ family, matchers: [] })),
];
export const COUNTERS: readonly Counter[] = [...ENDPOINT_COUNTERS, ...POLICY_COUNTERS];

type End = { readonly matchers: readonly Matcher[]; readonly by: readonly string[] };

/** The scraped pod's workload by its kind's label; where no known kind is told, by pod. */
function ownEnds(labels: TrafficLabels): [byKind: End, byPod: End] {
  const kinds = Object.keys(labels.workloadKinds);
  return [
    { matchers: [], by: [labels.namespace, ...kinds] },
    { matchers: [...kinds.map((kind) => is(kind, '')), isNot(labels.pod, '')], by: [labels.namespace, labels.pod] },
  ];
}

/** The called end: by workload, else by pod, by external workload, else by address (linkerd2 endpoint_translator.go). */
function calledEnds(labels: TrafficLabels): End[] {
  const kinds = Object.keys(labels.workloadKinds).map((kind) => `dst_${kind}`);
  const always = ['dst_namespace', 'dst_service', ...TLS, 'server_id'];
  return [
    { matchers: [isNot('dst_pod', '')], by: [...always, ...kinds] },
    { matchers: [isNot('dst_pod', ''), ...kinds.map((kind) => is(kind, ''))], by: [...always, 'dst_pod'] },
    { matchers: [isNot('dst_external_workload', '')], by: [...always, 'dst_external_workload'] },
    { matchers: [is('dst_pod', ''), is('dst_external_workload', '')], by: [...always, 'target_ip'] },
  ];
}

const callGroupings = (
  own: End,
  labels: TrafficLabels,
  families: readonly string[],
  extra: readonly string[],
): Grouping[] =>
  calledEnds(labels).map((called) => ({
    families,
    matchers: [...OUTBOUND, ...own.matchers, ...called.matchers],
    by: [...own.by, ...called.by, ...extra],
  }));

export const calls = (labels: TrafficLabels): Grouping[] =>
  ownEnds(labels).flatMap((own) => callGroupings(own, labels, CALL_FAMILIES, OUTCOME));

/** In two parts, callers by kind and callers by pod: three quantiles of all would make too long a query. */
export function latencies(labels: TrafficLabels): [byKind: Grouping[], byPod: Grouping[]] {
  const [byKind, byPod] = ownEnds(labels);
  return [
    callGroupings(byKind, labels, LATENCY_FAMILIES, ['le']),
    callGroupings(byPod, labels, LATENCY_FAMILIES, ['le']),
  ];
}

const POLICY = ['srv_kind', 'srv_name', 'route_group', 'route_kind', 'route_name', 'authz_kind', 'authz_name'];

/** Rows of the called side: verdicts and, for what was let in, the answers. Probe routes never become a row. */
export const arrivals = (labels: TrafficLabels): Grouping[] =>
  ownEnds(labels).flatMap((own) => [
    {
      families: VERDICT_FAMILIES,
      matchers: [...NOT_ADMIN, isNot('route_name', 'probe'), ...own.matchers],
      by: [...own.by, ...TLS, 'client_id', ...POLICY, 'ratelimit_kind', 'ratelimit_name'],
    },
    {
      families: ['response_total'],
      matchers: [is('direction', 'inbound'), ...NOT_ADMIN, isNot('route_name', 'probe'), ...own.matchers],
      by: [...own.by, ...TLS, 'client_id', ...POLICY, ...OUTCOME],
    },
  ]);

/** What the caller's own routing did: the EgressNetwork or Service named, and what it turned away. No identity, no tls. */
export const routes = (labels: TrafficLabels): Grouping[] =>
  ownEnds(labels).map((own) => ({
    families: ROUTE_FAMILIES,
    matchers: own.matchers,
    by: [
      ...own.by,
      'parent_kind',
      'parent_namespace',
      'parent_name',
      'parent_port',
      'route_name',
      'http_status',
      'grpc_status',
      'error',
      'target_ip',
      'target_port',
    ],
  }));
