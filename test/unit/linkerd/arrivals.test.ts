import { describe, expect, it } from 'vitest';
import { arrivalsFromRows } from '../../../shared/linkerd/traffic/arrivals.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';

const at = {
  namespace: 'shop',
  deployment: 'cart',
  target_port: '8080',
  tls: 'true',
  client_id: 'web.shop',
  srv_kind: 'server',
  srv_name: 'cart-http',
};
const route = { route_group: 'policy.linkerd.io', route_kind: 'HTTPRoute', route_name: 'read' };
const allowed = { ...at, ...route, authz_kind: 'authorizationpolicy', authz_name: 'web-only' };
const arrivals = (...rows: [Record<string, string>, number][]) =>
  arrivalsFromRows(
    rows.map(([labels, value]) => ({ labels, value })),
    VIZ_LABELS,
  );

describe("the called side's view of a window", () => {
  it('counts requests when judged and answers beside them', () => {
    expect(
      arrivals(
        [{ family: 'inbound_http_authz_allow_total', ...allowed }, 10],
        [{ family: 'response_total', ...allowed, status_code: '200', classification: 'success' }, 8],
        [{ family: 'response_total', ...allowed, status_code: '500', classification: 'failure' }, 1],
      ),
    ).toEqual([
      {
        identity: 'web.shop',
        workload: { namespace: 'shop', kind: 'Deployment', name: 'cart' },
        port: 8080,
        protocol: 'http',
        tls: 'true',
        verdict: 'allowed',
        server: { kind: 'server', name: 'cart-http' },
        route: { kind: 'HTTPRoute.policy.linkerd.io', name: 'read' },
        authorization: { kind: 'authorizationpolicy', name: 'web-only' },
        requests: 10,
        failures: 1,
        outcomes: { 200: 8, 500: 1 },
      },
    ]);
  });

  it.each([
    ['inbound_http_authz_deny_total', 'denied', 'http'],
    ['inbound_tcp_authz_deny_total', 'denied', 'tcp'],
    ['inbound_http_route_not_found_total', 'noRoute', 'http'],
    ['inbound_http_local_ratelimit_total', 'rateLimited', 'http'],
    ['inbound_tcp_authz_terminate_total', 'terminated', 'tcp'],
  ])('reads %s as %s', (family, verdict, protocol) => {
    expect(arrivals([{ family, ...at }, 3])).toMatchObject([{ verdict, protocol, requests: 3, outcomes: {} }]);
  });

  it('takes what a rate limit turned away out of what was allowed, since the proxy counts it in both', () => {
    const limit = { ...at, ratelimit_kind: 'HTTPLocalRateLimitPolicy', ratelimit_name: 'cart-rl' };
    const write = { ...at, route_kind: 'default', route_name: 'default', authz_kind: 'default', authz_name: 'all' };
    const answered = { status_code: '200', classification: 'success' };
    const read = arrivals(
      [{ family: 'inbound_http_authz_allow_total', ...allowed }, 10],
      [{ family: 'response_total', ...allowed, ...answered }, 3],
      [{ family: 'inbound_http_authz_allow_total', ...write }, 5],
      [{ family: 'response_total', ...write, ...answered }, 4],
      [{ family: 'inbound_http_authz_allow_total', ...allowed, client_id: 'other.shop' }, 9],
      [{ family: 'inbound_http_local_ratelimit_total', ...limit }, 7],
    );
    expect(read.map(({ identity, verdict, requests }) => [identity, verdict, requests])).toEqual([
      ['web.shop', 'allowed', 3],
      ['web.shop', 'allowed', 5],
      ['other.shop', 'allowed', 9],
      ['web.shop', 'rateLimited', 7],
    ]);
  });

  it('leaves no row of a caller whose every request was turned away by a rate limit', () => {
    expect(
      arrivals(
        [{ family: 'inbound_http_authz_allow_total', ...allowed }, 4],
        [{ family: 'inbound_http_local_ratelimit_total', ...at }, 4],
      ),
    ).toMatchObject([{ verdict: 'rateLimited', requests: 4 }]);
  });

  it('tells what passed only because policy is audited', () => {
    const audit = { ...at, authz_kind: 'default', authz_name: 'audit' };
    expect(arrivals([{ family: 'inbound_http_authz_allow_total', ...audit }, 1])).toMatchObject([
      { verdict: 'audited' },
    ]);
  });

  it('knows no identity where TLS came without a client certificate', () => {
    const [arrival] = arrivals([{ family: 'inbound_tcp_authz_allow_total', ...allowed, client_id: '' }, 1]);
    expect(arrival).not.toHaveProperty('identity');
    expect(arrival).toMatchObject({ tls: 'true' });
  });

  it('does not count an answer the proxy made itself', () => {
    expect(arrivals([{ family: 'response_total', ...at, status_code: '403', classification: 'success' }, 4])).toEqual(
      [],
    );
  });
});
