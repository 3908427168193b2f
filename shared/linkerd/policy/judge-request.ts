import { admission } from './admission.ts';
import { chooseRoute } from './choose-route.ts';
import { type Judged, notesOn, serverChoice } from './judged.ts';
import type { GuardedRoute } from './port-policy.ts';
import { requestsOf } from './request-facts.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** One HTTP request: its route first, then the authorizations of route and Server together, then rate limits (reference 3.4). */
export function judgeRequest(judged: Judged): Verdict {
  const routes = ordinaryRoutes(judged);
  const { request, missing } = requestsOf(judged.call, routes);
  if (missing.length === 0) return onRoute(judged, chooseRoute(routes, request));
  const possible = [
    ...routes.map((route) => onRoute(judged, route)),
    ...(routes.some(takesAll) ? [] : [onRoute(judged, undefined)]),
  ];
  const [first] = possible;
  if (first && possible.every(({ verdict, status }) => verdict === first.verdict && status === first.status)) {
    return { ...first, route: possible.length === 1 ? first.route : null };
  }
  const reason = `which route takes the call depends on its ${missing.join(', ')}`;
  return verdictOf('unknown', reason, { missing, server: serverChoice(judged), notes: notesOn(judged) });
}

const takesAll = ({ matchesAll, rpc }: GuardedRoute): boolean => matchesAll && !rpc;

/** A call that does not tell its path is taken for no probe: those are known by their paths. */
function ordinaryRoutes({ call, policy }: Judged): readonly GuardedRoute[] {
  const isProbe = ({ ref }: GuardedRoute) => ref.kind === 'default' && ref.name === 'probe';
  return call.path === undefined ? policy.routes.filter((route) => !isProbe(route)) : policy.routes;
}

function onRoute(judged: Judged, route: GuardedRoute | undefined): Verdict {
  const server = serverChoice(judged);
  const redirect = 'the route has a rule that answers with a redirect instead of the workload';
  const notes = [...notesOn(judged), ...(route?.redirects ? [redirect] : [])];
  const { policy, arrival } = judged;
  if (route === undefined) {
    return verdictOf('denied', 'no route takes the request', { status: 404, server, notes });
  }
  const authorizations = {
    valid: [...route.authorizations.valid, ...policy.authorizations.valid],
    void: [...route.authorizations.void, ...policy.authorizations.void],
  };
  const { admitted, reason, ...more } = admission(authorizations, arrival);
  const found = { ...more, server, notes, route: route.ref };
  if (admitted === 'denied') return verdictOf('denied', reason, { ...found, status: 403 });
  return limited(judged, verdictOf(admitted, reason, found));
}

/** Limits come after admission: who is denied gets 403, never 429 (oracle 13). gRPC Servers are sent none (reference 3.4). */
function limited({ call, policy, arrival }: Judged, verdict: Verdict): Verdict {
  if (policy.protocol === 'gRPC') return verdict;
  const rateLimits = policy.rateLimits(arrival.identity);
  const rate = call.requestsPerSecond ?? 0;
  const hit = rateLimits.find(({ requestsPerSecond }) => rate > requestsPerSecond);
  if (hit === undefined) return { ...verdict, rateLimits };
  const reason = `HTTPLocalRateLimitPolicy ${hit.name} (${hit.scope}) lets ${hit.requestsPerSecond} a second pass, the call comes ${rate} times`;
  return { ...verdict, rateLimits, verdict: 'rate-limited', status: 429, reason };
}
