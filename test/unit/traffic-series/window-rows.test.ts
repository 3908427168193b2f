import { describe, expect, it } from 'vitest';
import {
  type Arrival,
  type Call,
  OBSERVATION_SCHEMA,
  type TrafficObservation,
} from '../../../shared/domain/observation.ts';
import { windowRows } from '../../../shared/domain/traffic-series/window-rows.ts';

const call: Call = {
  caller: { namespace: 'books', kind: 'Deployment', name: 'webapp' },
  callee: { type: 'workload', namespace: 'books', kind: 'Deployment', name: 'authors' },
  port: 7001,
  protocol: 'http',
  tls: 'true',
  serverIdentity: 'authors.books.serviceaccount.identity.linkerd.cluster.local',
  service: { namespace: 'books', name: 'authors' },
  requests: 10,
  failures: 2,
  refused: 0,
  connections: 1,
  bytesSent: 100,
  bytesReceived: 200,
  outcomes: { '200': 8, '503': 2 },
  latencyMs: { p50: 1.5, p95: 4, p99: 9 },
};

const arrival: Arrival = {
  workload: { namespace: 'books', kind: 'Deployment', name: 'authors' },
  port: 7001,
  protocol: 'http',
  tls: 'no_identity',
  noTlsReason: 'no_tls_from_remote',
  verdict: 'denied',
  server: { kind: 'server', name: 'authors' },
  requests: 7,
  failures: 0,
  outcomes: {},
};

const observe = (calls: Call[], arrivals: Arrival[]): TrafficObservation => ({
  schema: OBSERVATION_SCHEMA,
  id: 'reading',
  cluster: 'prod',
  source: 'traffic',
  at: 900_000,
  readAt: 930_000,
  window: { from: 600_000, to: 900_000 },
  calls,
  arrivals,
  coverage: { complete: true, scrapes: [], targetsReadRaw: 0, notes: [] },
});

describe('the rows of a traffic window', () => {
  it('name both ends by their keys and keep what tells one series from another', () => {
    const [row] = windowRows(observe([call], []));
    expect(row?.series).toMatchObject({
      layer: 'CALLED',
      from: { label: 'Workload', key: 'prod/books/Deployment/webapp' },
      to: { label: 'Workload', key: 'prod/books/Deployment/authors' },
      props: { port: 7001, protocol: 'http', tls: 'true', service: 'books/authors' },
    });
    expect(row?.slot).toMatchObject({ at: 600_000, length: 300_000, outcomes: { '200': 8, '503': 2 } });
  });

  it.each([
    [
      { type: 'externalWorkload', namespace: 'books', name: 'vm-1' },
      'ExternalWorkload',
      'prod/books/ExternalWorkload/vm-1',
    ],
    [{ type: 'service', namespace: 'books', name: 'gone' }, 'Service', 'prod/books/Service/gone'],
    [{ type: 'external', address: '203.0.113.10' }, 'External', 'prod/External/203.0.113.10'],
    [
      { type: 'egressNetwork', namespace: 'rogue', name: 'no-egress' },
      'EgressNetwork',
      'prod/rogue/EgressNetwork/no-egress',
    ],
  ] as const)('find the node of a callee %o', (callee, label, key) => {
    expect(windowRows(observe([{ ...call, callee }], []))[0]?.series.to).toMatchObject({ label, key });
  });

  it('let a caller without identity arrive from the one Unauthenticated of the cluster', () => {
    const [row] = windowRows(observe([], [arrival]));
    expect(row?.series.from).toMatchObject({ label: 'Unauthenticated', key: 'prod/Unauthenticated' });
    expect(row?.series.props).toMatchObject({ verdict: 'denied', server: 'server/authors' });
  });

  it('tell a SPIFFE identity from a DNS one', () => {
    const [row] = windowRows(observe([], [{ ...arrival, identity: 'spiffe://root.linkerd.cluster.local/vm' }]));
    expect(row?.series.from).toMatchObject({ label: 'Identity', props: { form: 'spiffe' } });
  });

  it('keep series apart that differ in any one respect', () => {
    const different: Partial<Call>[] = [
      { port: 7002 },
      { protocol: 'grpc' },
      { tls: 'no_identity' },
      { noTlsReason: 'not_provided_by_service_discovery' },
      { serverIdentity: 'other' },
      { service: { namespace: 'books', name: 'authors-v2' } },
      { egressNetwork: { namespace: 'books', name: 'payments' } },
    ];
    const rows = windowRows(observe([call, ...different.map((one) => ({ ...call, ...one }))], []));
    expect(new Set(rows.map((row) => row.text)).size).toBe(different.length + 1);
  });

  it('add up rows of one series, so that nothing a finer reader saw is lost', () => {
    const other = {
      ...call,
      requests: 5,
      failures: 0,
      outcomes: { '200': 4, '404': 1 },
      latencyMs: { p50: 3, p95: 3, p99: 3 },
    };
    const rows = windowRows(observe([call, other], []));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.slot).toMatchObject({
      values: { requests: 15, failures: 2, connections: 2, p50: 3, p95: 4, p99: 9 },
      outcomes: { '200': 12, '404': 1, '503': 2 },
    });
  });
});
