import {
  type Arrival,
  type Call,
  OBSERVATION_SCHEMA,
  type TrafficObservation,
} from '../../shared/domain/observation.ts';
import { trafficObservationId } from '../../shared/linkerd/traffic/observe.ts';

/** One window of `pairs` pairs that all talk, told by both sides: 5 pairs a caller, a few requests and outcomes each. */
export function simulatedWindow(pairs: number, from: number, lengthMs: number): TrafficObservation {
  const window = { from, to: from + lengthMs };
  return {
    schema: OBSERVATION_SCHEMA,
    id: trafficObservationId('bench', window),
    cluster: 'bench',
    source: 'traffic',
    at: window.to,
    readAt: window.to + 30_000,
    window,
    calls: Array.from({ length: pairs }, (_, pair) => simulatedCall(pair, from)),
    arrivals: Array.from({ length: pairs }, (_, pair) => simulatedArrival(pair, from)),
    coverage: { complete: true, scrapes: [], targetsReadRaw: 0, notes: [] },
  };
}

const workload = (n: number) => ({ namespace: `team-${n % 50}`, kind: 'Deployment', name: `service-${n}` });
const identity = (n: number) => `service-${n}.team-${n % 50}.serviceaccount.identity.linkerd.cluster.local`;
const callerOf = (pair: number) => Math.floor(pair / 5);
const calleeOf = (pair: number) => callerOf(pair) + 1 + (pair % 5) * 7;

function simulatedCall(pair: number, at: number): Call {
  const { requests, failures, outcomes } = countsOf(pair, at);
  return {
    caller: workload(callerOf(pair)),
    callee: { type: 'workload', ...workload(calleeOf(pair)) },
    port: 8080,
    protocol: 'http',
    tls: 'true',
    serverIdentity: identity(calleeOf(pair)),
    service: { namespace: `team-${calleeOf(pair) % 50}`, name: `service-${calleeOf(pair)}` },
    requests,
    failures,
    refused: 0,
    connections: pair % 10 === 0 ? 1 : 0,
    bytesSent: requests * 310,
    bytesReceived: requests * 1_270,
    outcomes,
    latencyMs: { p50: 1 + (pair % 7) / 2, p95: 8.75, p99: 21.5 },
  };
}

function simulatedArrival(pair: number, at: number): Arrival {
  return {
    identity: identity(callerOf(pair)),
    workload: workload(calleeOf(pair)),
    port: 8080,
    protocol: 'http',
    tls: 'true',
    verdict: 'allowed',
    server: { kind: 'server', name: 'http' },
    authorization: { kind: 'authorizationpolicy', name: 'mesh' },
    ...countsOf(pair, at),
  };
}

/** Every tenth pair fails now and then; counts differ from window to window so that nothing compresses too well. */
function countsOf(pair: number, at: number) {
  const requests = 20 + ((pair * 31 + at / 60_000) % 400);
  const failures = pair % 10 === 0 ? requests % 3 : 0;
  return { requests, failures, outcomes: { '200': requests - failures, '503': failures } };
}
