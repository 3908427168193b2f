import { describe, expect, it } from 'vitest';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { latenciesFromRaw, latenciesFromRows } from '../../../shared/linkerd/traffic/latency.ts';

const edge = {
  namespace: 'shop',
  deployment: 'web',
  dst_namespace: 'shop',
  dst_service: 'cart-west',
  target_port: '4143',
  tls: 'true',
  server_id: 'linkerd-gateway.linkerd-multicluster',
};
const rows = (...edges: [labels: Record<string, string>, p50: number][]) =>
  edges.flatMap(([labels, p50]) =>
    [0.5, 0.95, 0.99].map((q) => ({ labels: { ...labels, quantile: String(q) }, value: q === 0.5 ? p50 : 9 })),
  );
const bucket = (target_ip: string, le: string, value: number) => ({
  labels: {
    __name__: 'response_latency_ms_bucket',
    direction: 'outbound',
    job: 'linkerd-proxy',
    pod: 'web-1',
    ...edge,
    target_ip,
    le,
  },
  times: [30_000],
  values: [value],
});

describe('the latency of a mirrored Service', () => {
  const east = { ...edge, target_ip: '192.0.2.1' };
  const west = { ...edge, target_ip: '192.0.2.2' };

  it('is told where one gateway answered', () => {
    expect([...latenciesFromRows(rows([east, 4]), VIZ_LABELS).values()]).toEqual([{ p50: 4, p95: 9, p99: 9 }]);
  });

  it('is unknown where several gateways answered, in whatever order Prometheus tells them', () => {
    expect(latenciesFromRows(rows([east, 4], [west, 7]), VIZ_LABELS).size).toBe(0);
    expect(latenciesFromRows(rows([west, 7], [east, 4]), VIZ_LABELS).size).toBe(0);
  });

  it('is the same from raw samples', () => {
    const of = (ip: string) => [bucket(ip, '10', 2), bucket(ip, '+Inf', 2)];
    const raw = (...ips: string[]) => latenciesFromRaw(ips.flatMap(of), { from: 0, to: 60_000 }, 300_000, VIZ_LABELS);
    expect([...raw('192.0.2.1').values()]).toEqual([{ p50: 5, p95: 9.5, p99: 9.9 }]);
    expect(raw('192.0.2.1', '192.0.2.2').size).toBe(0);
  });
});
