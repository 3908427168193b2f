import { headerMatch, type MatchSpec, type RequestMatch } from './request-match.ts';

type Rpc = { readonly service?: string; readonly method?: string };

/**
 * One match of a GRPCRoute, and of a gRPC Server without any: a POST to `/service/method`; anything else finds no route
 * (oracle 4). Longer service names come first, then methods, then more headers (linkerd2-proxy http/route, grpc/match.rs).
 */
export function rpcMatch({ method, headers = [] }: MatchSpec): RequestMatch {
  const { service, method: rpc } = (method ?? {}) as Rpc;
  const headerMatches = headers.map(headerMatch);
  return (request) => {
    const [root, calledService, calledMethod] = (request.path.split('?')[0] ?? '').split('/');
    if (request.method !== 'POST' || root !== '' || calledMethod === undefined) return undefined;
    if ((service && service !== calledService) || (rpc && rpc !== calledMethod)) return undefined;
    if (!headerMatches.every((matches) => matches(request))) return undefined;
    return [service?.length ?? 0, rpc?.length ?? 0, headers.length];
  };
}
