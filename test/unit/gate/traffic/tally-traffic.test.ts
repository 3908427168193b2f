import { describe, expect, it, test } from 'vitest';
import type { Arrival, Call, TrafficObservation } from '../../../../shared/domain/observation.ts';
import { tallyTraffic } from '../../../../shared/gate/traffic/tally-traffic.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-24T12:00:00Z');
const WEB = { namespace: 'shop', kind: 'Deployment', name: 'web' };
const CART = { namespace: 'shop', kind: 'Deployment', name: 'cart' };
const IDENTITY = 'web.shop.serviceaccount.identity.linkerd.cluster.local';
const web = { label: 'Workload', key: 'prod/shop/Deployment/web', name: 'shop/web' };
const other = { label: 'Workload', key: 'prod/shop/Deployment/worker', name: 'shop/worker' };

const aCall = (more: Partial<Call> = {}): Call => ({
  caller: WEB,
  callee: { type: 'workload', ...CART },
  port: 8080,
  protocol: 'http',
  tls: 'true',
  requests: 10,
  failures: 0,
  refused: 0,
  connections: 0,
  bytesSent: 0,
  bytesReceived: 0,
  outcomes: { '200': 10 },
  ...more,
});

const anArrival = (more: Partial<Arrival> = {}): Arrival => ({
  identity: IDENTITY,
  workload: CART,
  port: 8080,
  protocol: 'http',
  tls: 'true',
  verdict: 'allowed',
  server: { kind: 'server', name: 'cart' },
  requests: 10,
  failures: 0,
  outcomes: { '200': 10 },
  ...more,
});

/** The window of a minute that begins `minute` minutes after noon. */
function observe(
  minute: number,
  facts: { calls?: Call[]; arrivals?: Arrival[]; complete?: boolean },
): TrafficObservation {
  const [from, to] = [NOON + minute * MINUTE, NOON + (minute + 1) * MINUTE];
  return {
    schema: 'meshgraph.observation/v1',
    id: `prod/traffic/${from}`,
    cluster: 'prod',
    source: 'traffic',
    at: to,
    readAt: to,
    window: { from, to },
    calls: facts.calls ?? [],
    arrivals: facts.arrivals ?? [],
    coverage: { complete: facts.complete ?? true, scrapes: [], targetsReadRaw: 0, notes: [] },
  };
}

function seen(
  observations: readonly TrafficObservation[],
  period = { since: NOON, at: NOON + 10 * MINUTE },
  owners = [web],
) {
  const tally = tallyTraffic(period);
  for (const observation of observations) tally.add(observation);
  return tally.seen(() => owners);
}

describe('calls of several windows', () => {
  it('are added up to one edge with the arrivals of the one workload behind the identity', () => {
    const both = (requests: number) => ({ calls: [aCall({ requests })], arrivals: [anArrival({ requests })] });
    const { edges } = seen([observe(0, both(10)), observe(3, both(5))]);
    expect(edges).toEqual([
      {
        from: web,
        to: { label: 'Workload', key: 'prod/shop/Deployment/cart', name: 'shop/cart' },
        port: 8080,
        unit: 'requests',
        shares: [{ verdict: 'allowed', count: 15, failures: 0, policies: ['server/cart'] }],
        count: 15,
        mTls: true,
        identity: IDENTITY,
        serverIdentities: [],
        first: NOON,
        last: NOON + 4 * MINUTE,
      },
    ]);
  });

  it('are the same edges in whatever order they come', () => {
    const denied = anArrival({ verdict: 'denied', requests: 3 });
    const windows = [
      observe(0, { calls: [aCall()], arrivals: [anArrival(), denied] }),
      observe(1, { calls: [aCall({ port: 9090 })], arrivals: [denied] }),
      observe(2, { arrivals: [anArrival({ identity: undefined })] }),
    ];
    expect(seen(windows.toReversed())).toEqual(seen(windows));
    expect(seen(windows).edges).toHaveLength(3);
  });

  it('count when their window begins in the period; it covers what of it lies in the period', () => {
    const windows = [-1, 0, 1, 2].map((minute) => observe(minute, { calls: [aCall()], complete: minute !== 1 }));
    const half = MINUTE / 2;
    const { edges, ...coverage } = seen(windows, { since: NOON - half, at: NOON + 2 * MINUTE + half });
    expect(edges[0]?.count).toBe(30);
    expect(coverage).toMatchObject({ coveredMs: 3 * MINUTE, partialWindows: 1, newest: NOON + 2 * MINUTE });
  });

  it('are connections where the protocol is tcp, on either side', () => {
    const tcp = { protocol: 'tcp' as const, port: 5432 };
    const { edges } = seen([
      observe(0, {
        calls: [aCall({ ...tcp, requests: 0, connections: 4 })],
        arrivals: [anArrival({ ...tcp, requests: 4 })],
      }),
    ]);
    expect(edges).toMatchObject([{ unit: 'connections', count: 4, shares: [{ verdict: 'allowed', count: 4 }] }]);
  });

  it('stay with an identity that nobody or several carry, as long as no call tells whose they are', () => {
    const arrivals = [anArrival()];
    for (const owners of [[], [web, other]]) {
      const { edges } = seen([observe(0, { arrivals })], undefined, owners);
      expect(edges[0]?.from).toEqual({ label: 'Identity', key: `prod/Identity/${IDENTITY}`, name: IDENTITY });
    }
  });

  it('from nobody known are of the one unauthenticated caller, whoever carries identities', () => {
    const { edges } = seen([observe(0, { arrivals: [anArrival({ identity: undefined, tls: 'no_identity' })] })]);
    expect(edges[0]).toMatchObject({ from: { label: 'Unauthenticated' }, identity: null, mTls: false });
  });
});

test.each<[string, Partial<Arrival>, string]>([
  ['its authorization', { authorization: { kind: 'authorizationpolicy', name: 'a' } }, 'authorizationpolicy/a'],
  ['the rate limit', { rateLimit: { kind: 'httplocalratelimitpolicy', name: 'r' } }, 'httplocalratelimitpolicy/r'],
  ['the Server and a route of its own', { route: { kind: 'HTTPRoute', name: 'read' } }, 'server/cart, HTTPRoute/read'],
  ['the Server alone, for a default route', { route: { kind: 'default', name: 'probe' } }, 'server/cart'],
  ['the Server alone, without a route', {}, 'server/cart'],
])('an arrival is told to be by %s', (_, more, policy) => {
  const { edges } = seen([observe(0, { arrivals: [anArrival(more)] })]);
  expect(edges[0]?.shares[0]?.policies).toEqual([policy]);
});

test('no window is no coverage', () => {
  expect(seen([])).toMatchObject({ coveredMs: 0, partialWindows: 0, newest: null, edges: [] });
});
