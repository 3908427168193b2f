import { type Arrival, arrivalOf, notEnforced } from './arrival.ts';
import type { Call } from './call.ts';
import { authorizeEgress } from './egress.ts';
import { judgeConnection } from './judge-connection.ts';
import { judgeRequest } from './judge-request.ts';
import { DIRECT_PORT, type Judged, notesOn, serverChoice } from './judged.ts';
import type { PolicySet } from './policy-set.ts';
import type { PortPolicy } from './port-policy.ts';
import { hasPort, parsePortRanges } from './port-ranges.ts';
import { sessionOf } from './session.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import type { Workload } from './workload.ts';

/**
 * Whether a call passes, by which policy, and if not why, as Linkerd edge-26.8.3 with proxy 2.366 decides (reference 3;
 * measured: docs/policy.md). Never throws; what depends on a fact the call does not tell is `unknown`.
 */
export function authorize(policies: PolicySet, call: Call): Verdict {
  const workload = policies.find(call.server);
  if (workload === undefined) {
    if ('address' in call.server) return authorizeEgress(policies, call, call.server.address);
    const name = `${call.server.namespace}/${call.server.name}`;
    return verdictOf('unknown', `${name} is not among the objects given`, { missing: ['server'] });
  }
  const unseen = notEnforced(call, workload);
  if (unseen !== undefined) return verdictOf('not-enforced', unseen, { notes: workload.pending });
  if (workload.meshed === undefined) return uninjected(workload);
  const policy = withService(policies, call, policies.portPolicy(workload, call.port));
  const arrival = arrivalOf(call, workload);
  return arrival.tls === undefined
    ? eitherWay(call, workload, policy, arrival)
    : judgeArrival({ call, workload, policy, arrival });
}

function uninjected({ namespace, name }: Workload): Verdict {
  const reason = `Namespace ${namespace} is not among the objects, so whether ${name} is meshed is not known`;
  return verdictOf('unknown', reason, { missing: ['server.namespace'] });
}

/** Calls through a Service are told opaque by the Service's annotation too (reference 4). */
function withService(policies: PolicySet, { service }: Call, policy: PortPolicy): PortPolicy {
  const annotations = service && policies.serviceAnnotations(service.namespace, service.name);
  const listed = service && hasPort(parsePortRanges(annotations?.['config.linkerd.io/opaque-ports']), service.port);
  if (!service || !listed || policy.opaqueToCallers !== undefined) return policy;
  return { ...policy, opaqueToCallers: `opaque-ports of Service ${service.name} lists ${service.port}` };
}

/** When it is not known whether the client is meshed, only what holds both ways is said. */
function eitherWay(call: Call, workload: Workload, policy: PortPolicy, arrival: Arrival): Verdict {
  const meshed = judgeArrival({ call, workload, policy, arrival: { ...arrival, tls: true } });
  const plain = judgeArrival({ call, workload, policy, arrival: { ...arrival, tls: false, identity: undefined } });
  if (meshed.verdict === plain.verdict && meshed.status === plain.status) return plain;
  const reason = 'it is not known whether the client is meshed, and that decides';
  return { ...plain, verdict: 'unknown', status: null, reason, authorizations: [], missing: ['client.meshed'] };
}

function judgeArrival(judged: Judged): Verdict {
  const { call, policy, arrival } = judged;
  if (call.port === DIRECT_PORT) return judgeDirect(judged);
  const session = sessionOf({
    call: call.protocol,
    server: policy.protocol,
    tls: arrival.tls === true,
    opaqueToCallers: policy.opaqueToCallers,
    throughService: call.service !== undefined,
    serverSpeaksFirst: call.serverSpeaksFirst ?? false,
  });
  if (session.judged === 'request') return judgeRequest(judged);
  if (session.judged === 'connection') return judgeConnection(judged, session.note);
  const { status, what } = session;
  return verdictOf('broken', what, { status, server: serverChoice(judged), notes: notesOn(judged) });
}

/** Straight to the proxy's own port, as gateways are called: mesh TLS, judged by connection (reference 4, 5). */
function judgeDirect(judged: Judged): Verdict {
  if (judged.arrival.tls) return judgeConnection(judged);
  const reason = `port ${DIRECT_PORT} of the proxy itself takes nothing but mesh TLS`;
  return verdictOf('denied', reason, { status: 'closed', server: serverChoice(judged), notes: notesOn(judged) });
}
