import type { Verdict } from '../../../../shared/linkerd/policy/verdict.ts';
import type { Case, Counted, RecordedCall, Result } from './oracle.ts';

/** Whether a call passed, was refused, found nobody to judge it..., in the words of a verdict. */
type Answer = { readonly verdicts: readonly Verdict['verdict'][]; readonly statuses: readonly Verdict['status'][] };

const PASSED = ['allowed', 'audited'] as const;
const STOPPED = ['denied', 'broken'] as const;

/**
 * What a recorded answer shows of the verdict. The counters of the server's proxy are the surest: a connection it allowed may
 * still be closed by an application that speaks another protocol. Its admin port 4191 has none.
 */
export function answerOf({ result, counted, port }: RecordedCall): Answer {
  if (result.burst) return burst(result.burst);
  const moved = new Set(counted?.map(({ m }) => m));
  if (moved.has('http_allow') || moved.has('tcp_allow')) return { verdicts: PASSED, statuses: [null] };
  if (result.status === 502) return { verdicts: ['broken'], statuses: [502] };
  if (moved.has('http_deny')) return { verdicts: ['denied'], statuses: [403] };
  if (moved.has('route_not_found')) return { verdicts: STOPPED, statuses: [404] };
  if (moved.has('tcp_deny')) return { verdicts: STOPPED, statuses: ['closed'] };
  if (moved.size > 0) return egress(result);
  if (result.line?.startsWith('HTTP/1.1 400') && counted !== undefined)
    return { verdicts: ['broken'], statuses: [400] };
  if (result.status === 403) return { verdicts: ['denied'], statuses: [403] };
  if (passed(result)) return { verdicts: port === 4191 ? PASSED : ['not-enforced'], statuses: [null] };
  return { verdicts: ['broken'], statuses: ['closed'] };
}

function egress({ status, l5dProxyError, tcp }: Result): Answer {
  if (l5dProxyError) return { verdicts: ['denied'], statuses: [status === 403 ? 403 : null] };
  return tcp === undefined || tcp === 'ok'
    ? { verdicts: ['allowed'], statuses: [null] }
    : { verdicts: ['denied'], statuses: ['closed'] };
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
  const chosen = server && `${server.kind.toLowerCase()}/${server.name}`;
  const counted = counter.route ?? (counter.route_name && `${counter.route_kind}/${counter.route_name}`);
  const admitting = authorizations.map(({ kind, name }) => `${kind.toLowerCase()}/${name}`);
  return [
    ...differs('Server', counter.srv, chosen),
    ...differs('egress network', counter.parent_name, server?.name),
    ...differs('route', counted, route && `${route.kind}/${route.name}`),
    ...differs('group of the route', counter.route_group, route?.group),
    ...(counter.authz && !admitting.includes(counter.authz)
      ? [`admitted by [${admitting}], counted ${counter.authz}`]
      : []),
    ...(counter.m === 'ratelimit' && rateLimits.length === 0 ? ['no rate limit, one was counted'] : []),
  ];
}

const differs = (what: string, counted: string | undefined, found: string | null | undefined): string[] =>
  counted === undefined || counted === found ? [] : [`${what} ${found}, counted ${counted}`];
