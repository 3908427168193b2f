import { z } from 'zod';

/**
 * The observation: what one scan of one source of one cluster read, before the graph sees it.
 * Observations are the log; the graph is a projection of them. All instants are epoch milliseconds, UTC.
 * Readers (functions/read-*) make them, functions/write-graph takes them; neither knows more of the other.
 */
export const OBSERVATION_SCHEMA = 'meshgraph.observation/v1';

const instant = z.int().nonnegative();
const count = z.number().nonnegative();
const text = z.string();
const property = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(z.number())]);

/** A reference to a node by label and key (shared/domain/keys.ts). */
const nodeRef = z.strictObject({ label: text, key: text });

/**
 * One object of the cluster as the graph keeps it. `family` names the reading it depends on: only families listed in
 * `coverage.families` were read whole, only those may close anything. `props` holds plain values; `spec`, where the
 * whole object matters later (policies), is a JSON text.
 */
const entity = z.strictObject({ label: text, key: text, family: text, props: z.record(text, property) });

/** One structural relationship. Two relations with the same ends and type differ in `props`: all props are identity. */
const relation = z.strictObject({
  type: text,
  from: nodeRef,
  to: nodeRef,
  family: text,
  props: z.record(text, property),
});

const workload = z.strictObject({ namespace: text, kind: text, name: text });

/** Whom a call went to. `service` only where no workload behind the Service answered; `address` is an IP or host. */
const callee = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('workload'), namespace: text, kind: text, name: text }),
  z.strictObject({ type: z.literal('externalWorkload'), namespace: text, name: text }),
  z.strictObject({ type: z.literal('service'), namespace: text, name: text }),
  z.strictObject({ type: z.literal('external'), address: text }),
  z.strictObject({ type: z.literal('egressNetwork'), namespace: text, name: text }),
]);

const protocol = z.enum(['http', 'grpc', 'tcp']);

/** Milliseconds, interpolated inside the histogram's buckets as Prometheus does; the last finite bound is the ceiling. */
const latency = z.strictObject({ p50: z.number(), p95: z.number(), p99: z.number() });

/**
 * One edge of one window as the caller's proxy saw it (`CALLED`).
 * `requests` counts ended HTTP/gRPC exchanges (0 for tcp), `connections` opened connections, bytes are on the wire.
 * `failures` are the requests Linkerd classifies so (5xx, failing gRPC codes); `refused` are those the caller's own
 * proxy turned away or could not deliver (egress denied, no endpoint). `outcomes` splits `requests` by answer: an HTTP
 * status (`200`), a gRPC code name (`OK`, `PERMISSION_DENIED`), or a proxy error (`FAIL_FAST`).
 */
const call = z.strictObject({
  caller: workload,
  callee,
  port: z.int().nonnegative(),
  protocol,
  tls: text,
  noTlsReason: text.optional(),
  serverIdentity: text.optional(),
  service: z.strictObject({ namespace: text, name: text }).optional(),
  egressNetwork: z.strictObject({ namespace: text, name: text }).optional(),
  requests: count,
  failures: count,
  refused: count,
  connections: count,
  bytesSent: count,
  bytesReceived: count,
  outcomes: z.record(text, count),
  latencyMs: latency.optional(),
});

const policyRef = z.strictObject({ kind: text, name: text });

/**
 * One row of one window as the called side's proxy saw it (`ARRIVED_AT`). No `identity` = the caller showed none.
 * `requests` counts HTTP/gRPC requests, or connections where `protocol` is tcp. Kubelet probes are left out.
 * Rows of verdict `allowed` and `audited` carry outcomes; the others never reached the application.
 */
const arrival = z.strictObject({
  identity: text.optional(),
  workload,
  port: z.int().nonnegative(),
  protocol,
  tls: text,
  noTlsReason: text.optional(),
  verdict: z.enum(['allowed', 'audited', 'denied', 'noRoute', 'rateLimited', 'terminated']),
  server: policyRef,
  route: policyRef.optional(),
  authorization: policyRef.optional(),
  rateLimit: policyRef.optional(),
  requests: count,
  failures: count,
  outcomes: z.record(text, count),
});

/** What one kind's list could tell. `absent` = the server does not serve it, which is an empty answer, not a gap. */
const kindCoverage = z.strictObject({
  status: z.enum(['complete', 'absent', 'forbidden', 'failed']),
  objects: z.int().nonnegative(),
  resourceVersion: text.optional(),
  apiVersion: text.optional(),
  message: text.optional(),
});

/** Scrapes of one namespace's proxies in a window. `silent` proxies are known to the scraper but gave no good scrape. */
const scrapeCoverage = z.strictObject({
  namespace: text,
  proxies: z.int().nonnegative(),
  silent: z.int().nonnegative(),
  scrapes: z.int().nonnegative(),
  failedScrapes: z.int().nonnegative(),
});

const envelope = {
  schema: z.literal(OBSERVATION_SCHEMA),
  /** Deterministic: the same reading of the same source has the same id, however often it is delivered. */
  id: text,
  cluster: text,
  /** The instant the facts speak of: a window's `to`, a cluster scan's start. */
  at: instant,
  /** When it was read: of two readings of one window the later one counts. */
  readAt: instant,
};

export const trafficObservation = z.strictObject({
  ...envelope,
  source: z.literal('traffic'),
  window: z.strictObject({ from: instant, to: instant }),
  calls: z.array(call),
  arrivals: z.array(arrival),
  coverage: z.strictObject({
    /** False where some series could not be read: then absence of an edge is unknown, not "no call". */
    complete: z.boolean(),
    scrapes: z.array(scrapeCoverage),
    /** Targets whose counters were reset or vanished in the window and were read sample by sample. */
    targetsReadRaw: z.int().nonnegative(),
    notes: z.array(text),
  }),
});

export const clusterObservation = z.strictObject({
  ...envelope,
  source: z.literal('cluster'),
  entities: z.array(entity),
  relations: z.array(relation),
  coverage: z.strictObject({
    kinds: z.record(text, kindCoverage),
    /** The fact families read whole: absence from these is knowledge. */
    families: z.array(text),
    notes: z.array(text),
  }),
});

const certificatesObservation = z.strictObject({
  ...envelope,
  source: z.literal('certificates'),
  entities: z.array(entity),
  relations: z.array(relation),
  coverage: z.strictObject({ families: z.array(text), notes: z.array(text) }),
});

export const observation = z.discriminatedUnion('source', [
  trafficObservation,
  clusterObservation,
  certificatesObservation,
]);

export type NodeRef = z.infer<typeof nodeRef>;
export type Entity = z.infer<typeof entity>;
export type Relation = z.infer<typeof relation>;
export type PropertyValue = z.infer<typeof property>;
export type WorkloadRef = z.infer<typeof workload>;
export type Callee = z.infer<typeof callee>;
export type Call = z.infer<typeof call>;
export type Arrival = z.infer<typeof arrival>;
export type KindCoverage = z.infer<typeof kindCoverage>;
export type ScrapeCoverage = z.infer<typeof scrapeCoverage>;
export type TrafficObservation = z.infer<typeof trafficObservation>;
export type ClusterObservation = z.infer<typeof clusterObservation>;
export type CertificatesObservation = z.infer<typeof certificatesObservation>;
export type Observation = z.infer<typeof observation>;
