import { describe, expect, it } from 'vitest';
import type { Call } from '../../../shared/domain/observation.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { attributeEgress, refusedCalls } from '../../../shared/linkerd/traffic/routed.ts';

const from = { namespace: 'shop', deployment: 'web' };
const egress = (name: string, labels: Record<string, string> = {}) => ({
  family: 'outbound_http_route_request_statuses_total',
  ...from,
  parent_kind: 'EgressNetwork',
  parent_namespace: 'shop',
  parent_name: name,
  parent_port: '443',
  route_name: 'http-egress-allow',
  ...labels,
});
const call = (address: string): Call => ({
  caller: { namespace: 'shop', kind: 'Deployment', name: 'web' },
  callee: { type: 'external', address },
  port: 443,
  protocol: 'http',
  tls: 'no_identity',
  requests: 1,
  failures: 0,
  refused: 0,
  connections: 1,
  bytesSent: 1,
  bytesReceived: 1,
  outcomes: { 200: 1 },
});
const networkOf = (address: string, rows: Record<string, string>[]) =>
  attributeEgress(
    [call(address)],
    rows.map((labels) => ({ labels, value: 1 })),
    VIZ_LABELS,
  )[0]?.egressNetwork?.name;

describe('egress attribution', () => {
  it("names the one network that serves the caller's port", () => {
    expect(networkOf('203.0.113.1', [egress('payments')])).toBe('payments');
    expect(networkOf('203.0.113.1', [egress('payments', { parent_port: '80' })])).toBeUndefined();
  });

  it('leaves HTTP unattributed between two networks, but not TCP, whose address is told', () => {
    expect(networkOf('203.0.113.1', [egress('payments'), egress('partners')])).toBeUndefined();
    const tcp = {
      family: 'outbound_tcp_route_open_total',
      route_name: 'tcp-egress-allow',
      target_ip: '203.0.113.1',
      target_port: '443',
    };
    expect(networkOf('203.0.113.1', [egress('payments'), egress('partners'), egress('db', tcp)])).toBe('db');
  });

  it('is not given by a network that denied', () => {
    expect(networkOf('203.0.113.1', [egress('none', { route_name: 'http-egress-deny' })])).toBeUndefined();
  });
});

describe("what the caller's own proxy turned away", () => {
  const refused = (...rows: [Record<string, string>, number][]) =>
    refusedCalls(
      rows.map(([labels, value]) => ({ labels, value })),
      VIZ_LABELS,
    );

  it('is a refused call to the EgressNetwork that denies', () => {
    expect(refused([egress('none', { route_name: 'http-egress-deny', http_status: '403' }), 6])).toMatchObject([
      {
        callee: { type: 'egressNetwork', name: 'none' },
        port: 443,
        requests: 6,
        refused: 6,
        outcomes: { 403: 6 },
        tls: 'not_sent',
      },
    ]);
  });

  it('names the address of a forbidden TCP connection', () => {
    const closed = {
      family: 'outbound_tcp_route_close_total',
      error: 'forbidden',
      target_ip: '203.0.113.1',
      target_port: '5432',
    };
    expect(refused([egress('none', closed), 2])).toMatchObject([
      {
        callee: { type: 'external', address: '203.0.113.1' },
        port: 5432,
        protocol: 'tcp',
        connections: 2,
        refused: 2,
        requests: 0,
      },
    ]);
  });

  it('is a refused call to a Service without an endpoint, and only that', () => {
    const service = { ...egress('ghost'), parent_kind: 'Service' };
    const found = refused(
      [{ ...service, error: 'FAIL_FAST' }, 3],
      [{ ...service, http_status: '503' }, 9],
      [{ ...service, error: 'RESET' }, 1],
    );
    expect(found).toMatchObject([
      { callee: { type: 'service', name: 'ghost' }, requests: 3, refused: 3, failures: 3, outcomes: { FAIL_FAST: 3 } },
    ]);
    expect(found).toHaveLength(1);
  });
});
