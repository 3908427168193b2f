import type { Call } from './call.ts';
import type { Request } from './request-match.ts';

type Matched = { readonly hostnames: readonly string[]; readonly matchesAll: boolean };

/** gRPC always POSTs. */
const methodOf = ({ method, protocol }: Call): string | undefined =>
  method ?? (protocol === 'grpc' ? 'POST' : undefined);

/**
 * The request a call makes, and the facts its route depends on that are not known. One route that takes everything needs
 * none; headers that are not told are taken as none only when a path is told.
 */
export function requestsOf(call: Call, routes: readonly Matched[]): { request: Request; missing: string[] } {
  const { path, host, headers, protocol } = call;
  const method = methodOf(call);
  const request: Request = { method: method ?? '', path: path ?? '', host: host ?? '', headers: headers ?? {} };
  const takesAny = routes.length === 1 && routes[0]?.matchesAll === true;
  if (routes.length === 0 || takesAny) return { request, missing: [] };
  const http = protocol !== 'tcp' && protocol !== 'tls';
  return {
    request,
    missing: [
      ...(http && method === undefined ? ['method'] : []),
      ...(http && path === undefined ? ['path'] : []),
      ...(host === undefined && routes.some(({ hostnames }) => hostnames.length > 0) ? ['host'] : []),
    ],
  };
}
