import type { PropertyDoc, RelationshipDoc } from './docs.ts';

/**
 * What every traffic relationship carries. Lists by window run parallel to `at`; one that would hold only zeros (latency:
 * only -1) is absent, and all are once their day was rolled up. The three `wCode...` lists run parallel to each other.
 * Written by shared/graph/traffic and shared/graph/compaction.
 */
const trafficSeries: readonly PropertyDoc[] = [
  ['id', 'digest of type, ends and identity properties, then grain and bucket: one prefix a series'],
  ['cluster', 'cluster'],
  ['bucket', 'start of the hour, day or month in which its windows start, UTC'],
  ['grain', 'hour while the day runs, day once it is closed, month after roll-up'],
  ['port', 'port called'],
  ['protocol', 'http, grpc or tcp'],
  ['tls', 'tls label of the proxy'],
  ['noTlsReason', 'why there was no mesh TLS'],
  ['requests', 'requests in the bucket'],
  ['failures', 'failed requests in the bucket'],
  ['firstAt', 'first active window start'],
  ['lastAt', 'end of the last active window'],
  ['codes', 'outcomes seen in the bucket'],
  ['codeCounts', 'requests by outcome, parallel to codes'],
  ['at', 'starts of the active windows, ascending'],
  ['wLength', 'length of each window in ms'],
  ['wRequests', 'requests by window; absent while all are 0'],
  ['wFailures', 'by window; absent while all are 0'],
  ['wCodeAt', 'window of each outcome entry'],
  ['wCode', 'outcome, parallel to wCodeAt'],
  ['wCodeCount', 'requests, parallel to wCodeAt'],
];

/** Traffic as a time series on the edge. */
export const TRAFFIC_RELATIONSHIPS: readonly RelationshipDoc[] = [
  {
    type: 'CALLED',
    from: ['Workload'],
    to: ['Workload', 'ExternalWorkload', 'Service', 'External', 'EgressNetwork'],
    meaning: "Requests or connections as the caller's proxy saw them.",
    properties: [
      ...trafficSeries,
      ['serverIdentity', 'identity the caller verified'],
      ['service', 'Service gone through, as "namespace/name"'],
      ['egressNetwork', 'EgressNetwork gone through, as "namespace/name"'],
      ['refused', 'requests or connections the own proxy turned away'],
      ['connections', 'connections opened'],
      ['bytesSent', 'bytes'],
      ['bytesReceived', 'bytes'],
      ['wRefused', 'by window; absent while all are 0'],
      ['wConnections', 'by window; absent while all are 0'],
      ['wBytesSent', 'by window; absent while all are 0'],
      ['wBytesReceived', 'by window; absent while all are 0'],
      ['wP50', 'median latency in ms by window, -1 = none; absent while there is none'],
      ['wP95', '95th percentile, likewise'],
      ['wP99', '99th percentile, likewise'],
    ],
  },
  {
    type: 'ARRIVED_AT',
    from: ['Identity', 'Unauthenticated'],
    to: ['Workload'],
    meaning: "Requests or connections as the called side's proxy saw them, with the policy verdict.",
    properties: [
      ...trafficSeries,
      ['verdict', 'allowed, audited, denied, noRoute, rateLimited or terminated'],
      ['server', 'kind/name of the Server or default'],
      ['route', 'kind/name'],
      ['authorization', 'kind/name'],
      ['rateLimit', 'kind/name'],
    ],
  },
];
