import type { Verdict } from '../../../../shared/linkerd/policy/verdict.ts';
import type { Case, Counted, RecordedCall, Result } from './oracle.ts';

/** Whether a call passed, was refused, found nobody to judge it..., in the words of a verdict. */
type Answer = { readonly verdicts: readonly Verdict['verdict'][]; readonly statuses: readonly Verdict['status'][] };

const PASSED = ['allowed', 'audited'] as const;
const STOPPED = ['denied', 'broken'] as const;

/**
 * What a recorded answer shows of the verdict. The counters of the server's proxy are the surest: a connection it allowed may
 * still be closed by an application that speaks another protocol.
 */
export function answerOf({ result, counted = [], proto }: RecordedCall): Answer {
  if (result.burst) return burst(result.burst);
  if (counted.some(({ m }) => m === 'http_allow' || m === 'tcp_allow')) return { verdicts: PASSED, statuses: [null] };
  if (result.status === 502) return { verdicts: ['broken'], statuses: [502] };
  if (counted.some(({ m }) => m === 'http_deny')) return { verdicts: ['denied'], statuses: [403] };
  if (counted.some(({ m }) => m === 'route_not_found')) return { verdicts: STOPPED, statuses: [404] };
  if (counted.some(({ m }) => m === 'tcp_deny')) return { verdicts: STOPPED, statuses: ['closed'] };
  if (result.line?.startsWith('HTTP/1.1 400')) return { verdicts: ['broken'], statuses: [400] };
  if (result.status === 403 || result.status === 404) return { verdicts: STOPPED, statuses: [result.status] };
  if (passed(result)) return { verdicts: [...PASSED, 'not-enforced'], statuses: [null] };
  return { verdicts: proto.startsWith('tcp') ? STOPPED : ['broken', 'denied'], statuses: ['closed'] };
}

const passed = ({ status, tcp }: Result): boolean => status !== undefined || tcp === 'ok' || tcp === 'answered';

function burst(outcomes: Readonly<Record<string, number>>): Answer {
  const statuses = Object.keys(outcomes).map((outcome) => (JSON.parse(outcome) as Result).status);
  return statuses.includes(429)
    ? { verdicts: ['rate-limited'], statuses: [429] }
    : { verdicts: statuses.includes(403) ? ['denied'] : PASSED, statuses: statuses.includes(403) ? [403] : [null] };
}

/** Every way in which a verdict differs from what was recorded, each as one sentence. */
export function differences(record: Case, call: RecordedCall, verdict: Verdict): string[] {
  const { verdicts, statuses } = answerOf(call);
  const told = `${record.id}: ${call.client} ${call.proto} ${call.method ?? ''} ${call.path ?? ''} to ${call.target}:${call.port}`;
  const found: string[] = [];
  if (!verdicts.includes(verdict.verdict)) found.push(`verdict ${verdict.verdict}, expected ${verdicts.join(' or ')}`);
  if (!statuses.includes(verdict.status)) found.push(`status ${verdict.status}, expected ${statuses.join(' or ')}`);
  for (const counter of call.counted ?? []) found.push(...counterDifferences(counter, verdict));
  return found.map((difference) => `${told}: ${difference} (${verdict.reason})`);
}

function counterDifferences(counter: Counted, { server, route, authorizations, rateLimits }: Verdict): string[] {
  const { srv, authz } = counter;
  const found: string[] = [];
  const chosen = server && `${server.kind.toLowerCase()}/${server.name}`;
  if (srv && srv !== chosen) found.push(`Server ${chosen}, counted ${srv}`);
  if (counter.parent_name && counter.parent_name !== server?.name) found.push(`network ${chosen}, counted ${counter.parent_name}`);
  const counted = counter.route ?? (counter.route_name && `${counter.route_kind}/${counter.route_name}`);
  const taken = route && `${route.kind}/${route.name}`;
  if (counted && counted !== taken) found.push(`route ${taken}, counted ${counted}`);
  if (counter.route_group && counter.route_group !== route?.group) found.push(`group ${route?.group}, counted ${counter.route_group}`);
  const admitting = authorizations.map(({ kind, name }) => `${kind.toLowerCase()}/${name}`);
  if (authz && !admitting.includes(authz)) found.push(`authorizations [${admitting.join(', ')}], counted ${authz}`);
  if (counter.m === 'ratelimit' && rateLimits.length === 0) found.push('no rate limit, one was counted');
  return found;
}
