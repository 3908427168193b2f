import {
  type Arrival,
  type Call,
  OBSERVATION_SCHEMA,
  type TrafficObservation,
} from '../../../shared/domain/observation.ts';
import { trafficObservationId } from '../../../shared/linkerd/traffic/observe.ts';

export const PERIOD = 300_000;
export const HOUR = 3_600_000;
export const DAY = Date.UTC(2026, 10, 23);

export const workload = (name: string) => ({ namespace: 'shop', kind: 'Deployment', name });
export const identity = (name: string) => `${name}.shop.serviceaccount.identity.linkerd.cluster.local`;

export const aCall = (more: Partial<Call> = {}): Call => ({
  caller: workload('web'),
  callee: { type: 'workload', ...workload('cart') },
  port: 8080,
  protocol: 'http',
  tls: 'true',
  serverIdentity: identity('cart'),
  requests: 5,
  failures: 0,
  refused: 0,
  connections: 0,
  bytesSent: 100,
  bytesReceived: 200,
  outcomes: {},
  ...more,
});

export const anArrival = (more: Partial<Arrival> = {}): Arrival => ({
  identity: identity('web'),
  workload: workload('cart'),
  port: 8080,
  protocol: 'http',
  tls: 'true',
  verdict: 'allowed',
  server: { kind: 'server', name: 'cart-http' },
  requests: 5,
  failures: 0,
  outcomes: {},
  ...more,
});

type Facts = {
  from: number;
  length?: number;
  delay?: number;
  complete?: boolean;
  cluster?: string;
  calls?: Call[];
  arrivals?: Arrival[];
};

/** One reading of the window that starts at `from`, read `delay` ms after its end. */
export function observe(facts: Facts): TrafficObservation {
  const { from, length = PERIOD, delay = 30_000, complete = true, cluster = 'prod', calls = [], arrivals = [] } = facts;
  return {
    schema: OBSERVATION_SCHEMA,
    id: trafficObservationId(cluster, { from, to: from + length }),
    cluster,
    source: 'traffic',
    at: from + length,
    readAt: from + length + delay,
    window: { from, to: from + length },
    calls,
    arrivals,
    coverage: { complete, scrapes: [], targetsReadRaw: 0, notes: [] },
  };
}
