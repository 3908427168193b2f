import { matchHost } from './host-match.ts';
import { byAge } from './policy-object.ts';
import type { Rank, Request, RequestMatch } from './request-match.ts';
import type { RouteRef } from './route.ts';

type Candidate = {
  readonly ref: RouteRef;
  readonly createdAt: number | undefined;
  readonly hostnames: readonly string[];
  readonly matches: readonly RequestMatch[];
};

/**
 * The route a request takes among those attached: the best host, then the best match; the older route wins a tie, then the
 * name (oracle 1, 15). A route with hostnames that fit comes before one without.
 */
export function chooseRoute<T extends Candidate>(routes: readonly T[], request: Request): T | undefined {
  let best: { route: T; rank: Rank } | undefined;
  for (const route of routes) {
    const rank = rankOf(route, request);
    if (rank !== undefined && (best === undefined || compare(rank, best.rank) > 0)) best = { route, rank };
  }
  return best?.route;
}

/** The order in which the controller sends routes: age, then name, group and kind (oracle 15; core/routes.rs). */
export const inOrder = <T extends Candidate>(routes: readonly T[]): T[] =>
  routes
    .map((route) => ({ route, createdAt: route.createdAt, name: route.ref.name }))
    .sort((a, b) => byAge(a, b) || (a.route.ref.group < b.route.ref.group ? -1 : 1))
    .map(({ route }) => route);

function rankOf({ hostnames, matches }: Candidate, request: Request): Rank | undefined {
  const host = hostnames.length === 0 ? [0, 0] : matchHost(hostnames, request.host);
  if (host === undefined) return undefined;
  const ranks = matches.flatMap((match) => [match(request)].filter((rank) => rank !== undefined));
  const best = ranks.reduce<Rank | undefined>((a, b) => (a !== undefined && compare(a, b) >= 0 ? a : b), undefined);
  return best && [...host, ...best];
}

function compare(a: Rank, b: Rank): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
