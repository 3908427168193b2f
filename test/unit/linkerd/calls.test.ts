import { describe, expect, it } from 'vitest';
import { callsFromRows, type Latency } from '../../../shared/linkerd/traffic/calls.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import type { Row } from '../../../shared/linkerd/traffic/series.ts';

const edge = {
  namespace: 'shop',
  deployment: 'web',
  dst_namespace: 'shop',
  dst_deployment: 'cart',
  dst_service: 'cart-svc',
  target_port: '8080',
  tls: 'true',
  server_id: 'cart.shop',
};
const row = (family: string, value: number, labels: Record<string, string> = {}): Row => ({
  labels: { family, ...edge, ...labels },
  value,
});
const calls = (rows: Row[], latencies = new Map<string, Latency>()) => callsFromRows(rows, latencies, VIZ_LABELS);

describe("the caller's view of a window", () => {
  it('joins answers, connections and bytes of one edge', () => {
    const found = calls([
      row('response_total', 3, { status_code: '200', classification: 'success' }),
      row('response_total', 1, { status_code: '503', classification: 'failure' }),
      row('tcp_open_total', 2),
      row('tcp_write_bytes_total', 50),
      row('tcp_read_bytes_total', 70),
    ]);
    expect(found).toEqual([
      {
        caller: { namespace: 'shop', kind: 'Deployment', name: 'web' },
        callee: { type: 'workload', namespace: 'shop', kind: 'Deployment', name: 'cart' },
        service: { namespace: 'shop', name: 'cart-svc' },
        port: 8080,
        tls: 'true',
        serverIdentity: 'cart.shop',
        protocol: 'http',
        requests: 4,
        failures: 1,
        refused: 0,
        connections: 2,
        bytesSent: 50,
        bytesReceived: 70,
        outcomes: { 200: 3, 503: 1 },
      },
    ]);
  });

  it('names gRPC answers by code and keeps HTTP on the same port apart, without telling connections twice', () => {
    const found = calls([
      row('response_total', 5, { status_code: '200', classification: 'success', grpc_status: '0' }),
      row('response_total', 2, { status_code: '200', classification: 'failure', grpc_status: '7' }),
      row('response_total', 1, { status_code: '404', classification: 'success' }),
      row('tcp_open_total', 4),
    ]);
    expect(
      found.map(({ protocol, requests, connections, outcomes }) => ({ protocol, requests, connections, outcomes })),
    ).toEqual([
      { protocol: 'grpc', requests: 7, connections: 4, outcomes: { OK: 5, PERMISSION_DENIED: 2 } },
      { protocol: 'http', requests: 1, connections: 0, outcomes: { 404: 1 } },
    ]);
  });

  it('gives a broken answer to gRPC where the edge speaks gRPC', () => {
    const [call] = calls([
      row('response_total', 5, { grpc_status: '0', classification: 'success' }),
      row('response_total', 1, { error: 'stream closed', classification: 'failure' }),
    ]);
    expect(call).toMatchObject({ protocol: 'grpc', requests: 6, failures: 1, outcomes: { OK: 5, 'stream closed': 1 } });
  });

  it('is opaque TCP only where no request was ever begun', () => {
    expect(calls([row('tcp_open_total', 2)])).toMatchObject([{ protocol: 'tcp', connections: 2, requests: 0 }]);
    expect(calls([row('tcp_open_total', 2), row('request_total', 1)])).toMatchObject([
      { protocol: 'http', connections: 2, requests: 0 },
    ]);
  });

  it('leaves out an edge that stood still', () => {
    expect(calls([row('response_total', 0, { status_code: '200' }), row('tcp_open_total', 0)])).toEqual([]);
  });

  it('names an address nobody knows, a Service behind a gateway, an external workload and a pod without a known owner', () => {
    const { dst_deployment, dst_service, dst_namespace, ...bare } = edge;
    const open = (labels: Record<string, string>): Row => ({
      labels: { family: 'tcp_open_total', ...bare, ...labels },
      value: 1,
    });
    const found = calls([
      open({ target_ip: '203.0.113.9' }),
      open({ target_ip: '10.0.0.1', dst_service: 'api-east', dst_namespace: 'shop' }),
      open({ dst_namespace: 'shop', dst_external_workload: 'vm-1' }),
      open({ dst_namespace: 'shop', dst_pod: 'rollout-abc' }),
    ]);
    expect(found.map(({ callee }) => callee)).toEqual([
      { type: 'external', address: '203.0.113.9' },
      { type: 'service', namespace: 'shop', name: 'api-east' },
      { type: 'externalWorkload', namespace: 'shop', name: 'vm-1' },
      { type: 'workload', namespace: 'shop', kind: 'Pod', name: 'rollout-abc' },
    ]);
  });

  it('leaves rows without a workload label to the grouping by pod', () => {
    const { deployment, ...anonymous } = edge;
    expect(calls([{ labels: { family: 'tcp_open_total', ...anonymous }, value: 1 }])).toEqual([]);
    expect(calls([{ labels: { family: 'tcp_open_total', ...anonymous, pod: 'cron-1' }, value: 1 }])).toMatchObject([
      { caller: { kind: 'Pod', name: 'cron-1' } },
    ]);
  });
});
