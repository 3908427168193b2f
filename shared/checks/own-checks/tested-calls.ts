import {
  type Arrival,
  type Call,
  type Callee,
  OBSERVATION_SCHEMA,
  type TrafficObservation,
} from '../../domain/observation.ts';
import type { Window } from '../../domain/window.ts';
import { accountIdentity, DEFAULT_SETTINGS } from '../../linkerd/policy/mesh-settings.ts';
import type { TestedCall } from './own-test.ts';
import type { TestedWorkload } from './tested-mesh.ts';

type Workloads = ReadonlyMap<string, TestedWorkload>;

/** The calls of a test as both sides' proxies would have told them, in one window. What has no proxy tells nothing. */
export const testedCalls = (
  cluster: string,
  window: Window,
  calls: readonly TestedCall[],
  workloads: Workloads,
): TrafficObservation => ({
  schema: OBSERVATION_SCHEMA,
  id: `${cluster}/traffic/${window.from}`,
  cluster,
  source: 'traffic',
  at: window.to,
  readAt: window.to,
  window,
  calls: calls.flatMap((call) => callOf(call, workloads)),
  arrivals: calls.flatMap((call) => arrivalOf(call, workloads)),
  coverage: { complete: true, scrapes: [], targetsReadRaw: 0, notes: [] },
});

function callOf({ from, to, port, requests, protocol, mtls, verdict }: TestedCall, workloads: Workloads): Call[] {
  const caller = workloads.get(from);
  if (caller === undefined || !caller.meshed) return [];
  const called = workloads.get(to);
  const http = protocol === 'http';
  const refused = verdict === 'allowed' || verdict === 'audited' ? 0 : requests;
  return [
    {
      caller: caller.ref,
      callee: calleeOf(to, called),
      port,
      protocol,
      ...(mtls ? { tls: 'true' } : { tls: 'no_identity', noTlsReason: 'not_provided_by_service_discovery' }),
      ...(mtls && called && { serverIdentity: identityOf(called) }),
      requests: http ? requests : 0,
      failures: http ? refused : 0,
      refused: http ? refused : 0,
      connections: http ? 1 : requests,
      bytesSent: 0,
      bytesReceived: 0,
      outcomes: {},
    },
  ];
}

function arrivalOf({ from, to, port, requests, protocol, mtls, verdict }: TestedCall, workloads: Workloads): Arrival[] {
  const called = workloads.get(to);
  if (called === undefined || !called.meshed) return [];
  const caller = workloads.get(from);
  const told = from.startsWith('identity:') ? from.slice('identity:'.length) : caller?.meshed && identityOf(caller);
  const identity = mtls ? told : undefined;
  const mode = { kind: 'default', name: DEFAULT_SETTINGS.defaultInboundPolicy };
  return [
    {
      ...(identity ? { identity, tls: 'true' } : { tls: 'no_identity', noTlsReason: 'no_tls_from_remote' }),
      workload: called.ref,
      port,
      protocol,
      verdict,
      server: mode,
      ...((verdict === 'allowed' || verdict === 'audited') && { authorization: mode }),
      requests,
      failures: 0,
      outcomes: {},
    },
  ];
}

const identityOf = ({ ref, account }: TestedWorkload): string =>
  accountIdentity(DEFAULT_SETTINGS, ref.namespace, account);

function calleeOf(to: string, called: TestedWorkload | undefined): Callee {
  if (called) return { type: 'workload', ...called.ref };
  if (to.startsWith('external:')) return { type: 'external', address: to.slice('external:'.length) };
  const [namespace = '', name = ''] = to.replace(/^service:/, '').split('/');
  return { type: 'service', namespace, name };
}
