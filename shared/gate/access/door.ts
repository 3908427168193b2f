import type { Arrival } from '../../linkerd/policy/arrival.ts';
import type { Authorization } from '../../linkerd/policy/authorization.ts';
import type { CallProtocol } from '../../linkerd/policy/call.ts';
import { chooseRoute } from '../../linkerd/policy/choose-route.ts';
import { judge, matches } from '../../linkerd/policy/judge.ts';
import { DIRECT_PORT } from '../../linkerd/policy/judged.ts';
import type { GuardedRoute, PortPolicy } from '../../linkerd/policy/port-policy.ts';
import { hasPort } from '../../linkerd/policy/port-ranges.ts';
import type { ProxyProtocol } from '../../linkerd/policy/server.ts';
import { sessionOf } from '../../linkerd/policy/session.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import type { GateState } from '../gate-state.ts';
import { ANYTHING, type SampleRequest } from './sample-requests.ts';

/** One port of one instance, with all that decides over it. */
export type Door = { readonly workload: Workload; readonly port: number; readonly policy: PortPolicy };

export const doorsOf = ({ policies }: GateState, instances: readonly Workload[], port: number): Door[] =>
  instances.map((workload) => ({ workload, port, policy: policies.portPolicy(workload, port) }));

/** Whether its proxy never sees what comes to the port (reference 3.2). */
export const isUnguarded = ({ workload, port }: Pick<Door, 'workload' | 'port'>): boolean =>
  workload.meshed === false || hasPort(workload.skipInbound, port);

export type Knocked = {
  readonly outcome: 'passes' | 'denied' | 'broken';
  /** What lets it pass; nothing where the door is not guarded. */
  readonly by: readonly Authorization[];
  readonly route: GuardedRoute | undefined;
};

/**
 * What becomes of one sample, by the rules `authorize` goes by, without its words: samples are many. A caller speaks what the
 * port expects. Audited and not enforced count as passing.
 */
export function knock(door: Door, arrival: Arrival, sample: SampleRequest): Knocked {
  if (isUnguarded(door)) return { outcome: 'passes', by: [], route: undefined };
  const { policy, port } = door;
  const tls = arrival.tls === true;
  if (port === DIRECT_PORT) return tls ? admitted(policy.authorizations.valid, arrival, undefined) : DENIED;
  const session = sessionOf({
    call: sample.raw ? 'tcp' : EXPECTED[policy.protocol],
    server: policy.protocol,
    tls,
    opaqueToCallers: policy.opaqueToCallers,
    throughService: false,
    serverSpeaksFirst: false,
  });
  if (session.judged === 'nothing') return { ...DENIED, outcome: 'broken' };
  if (session.judged === 'connection') return admitted(policy.authorizations.valid, arrival, undefined);
  const route = routeOf(policy.routes, sample);
  if (route === undefined) return DENIED;
  return admitted([...route.authorizations.valid, ...policy.authorizations.valid], arrival, route);
}

const DENIED: Knocked = { outcome: 'denied', by: [], route: undefined };

const EXPECTED: Readonly<Record<ProxyProtocol, CallProtocol>> = {
  unknown: 'http',
  'HTTP/1': 'http',
  'HTTP/2': 'http2',
  gRPC: 'grpc',
  opaque: 'tcp',
  TLS: 'tls',
};

function admitted(authorizations: readonly Authorization[], arrival: Arrival, route: Knocked['route']): Knocked {
  const by = authorizations.filter((authorization) => matches(judge(authorization, arrival)));
  return by.length > 0 ? { outcome: 'passes', by, route } : { ...DENIED, route };
}

function routeOf(routes: readonly GuardedRoute[], { request, route }: SampleRequest): GuardedRoute | undefined {
  const named = request ? undefined : routes.find(({ ref }) => ref.name === route?.name && ref.kind === route.kind);
  return named ?? chooseRoute(routes, request ?? ANYTHING);
}
