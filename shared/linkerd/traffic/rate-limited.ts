import type { Arrival } from '../../domain/observation.ts';

/**
 * Takes what a rate limit turned away out of what was allowed. The proxy counts a request as allowed before it asks the
 * limit (linkerd2-proxy inbound/src/policy/http.rs: `authorize`, then `check_rate_limit`), so both counters have it.
 * That of the limit names no route and no authorization: requests are taken where they went unanswered, most first.
 */
export function withoutRateLimited(arrivals: readonly Arrival[]): Arrival[] {
  const limits = arrivals.filter(({ verdict }) => verdict === 'rateLimited');
  if (limits.length === 0) return [...arrivals];
  const admitted = Map.groupBy(arrivals.filter(isAdmitted), judgedAt);
  const turnedAway = new Map<Arrival, number>();
  for (const [place, limited] of Map.groupBy(limits, judgedAt)) {
    const total = limited.reduce((sum, { requests }) => sum + requests, 0);
    for (const [arrival, share] of shares(admitted.get(place) ?? [], total)) turnedAway.set(arrival, share);
  }
  return arrivals
    .map((arrival) => ({ ...arrival, requests: arrival.requests - (turnedAway.get(arrival) ?? 0) }))
    .filter(({ requests, outcomes }) => requests > 0 || Object.keys(outcomes).length > 0);
}

const isAdmitted = ({ verdict, protocol }: Arrival): boolean =>
  protocol === 'http' && (verdict === 'allowed' || verdict === 'audited');

/** What both counters name. */
const judgedAt = ({ identity, workload, port, tls, noTlsReason, server }: Arrival): string =>
  JSON.stringify([identity, workload, port, tls, noTlsReason, server]);

/** How many of `total` each arrival gives: first of its unanswered requests, then, where that is not enough, of all. */
function shares(arrivals: readonly Arrival[], total: number): Map<Arrival, number> {
  const given = new Map<Arrival, number>();
  const ordered = arrivals.toSorted(
    (a, b) => unanswered(b) - unanswered(a) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1),
  );
  let left = total;
  for (const most of [unanswered, ({ requests }: Arrival) => requests]) {
    for (const arrival of ordered) {
      const before = given.get(arrival) ?? 0;
      const more = Math.min(left, Math.max(0, most(arrival) - before));
      given.set(arrival, before + more);
      left -= more;
    }
  }
  return given;
}

const unanswered = ({ requests, outcomes }: Arrival): number =>
  requests - Object.values(outcomes).reduce((sum, count) => sum + count, 0);
