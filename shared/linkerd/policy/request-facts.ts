import { type Call, isHttp } from './call.ts';
import type { Request } from './request-match.ts';

type Matched = { readonly hostnames: readonly string[]; readonly matchesAll: boolean; readonly rpc: boolean };

/** gRPC always POSTs to a path of this form. */
const ANY_RPC = { method: 'POST', path: '/any.Service/Method' };
const ANY_REQUEST = { method: '', path: '' };

/**
 * The request a call makes, and the facts its route depends on that are not known. One route that takes everything needs
 * none; headers that are not told are taken as none.
 */
export function requestsOf(call: Call, routes: readonly Matched[]): { request: Request; missing: string[] } {
  const { method, path } = call;
  const any = call.protocol === 'grpc' ? ANY_RPC : ANY_REQUEST;
  const request: Request = {
    method: method ?? any.method,
    path: path ?? any.path,
    host: call.host ?? '',
    headers: call.headers ?? {},
  };
  return { request, missing: takesAny(call, routes) ? [] : missingFacts({ ...call, method: request.method }, routes) };
}

function takesAny({ protocol }: Call, routes: readonly Matched[]): boolean {
  const [only, ...others] = routes;
  if (only === undefined) return true;
  return others.length === 0 && only.matchesAll && (!only.rpc || protocol === 'grpc');
}

const missingFacts = ({ protocol, method, path, host }: Call, routes: readonly Matched[]): string[] => [
  ...(isHttp(protocol) && !method ? ['method'] : []),
  ...(isHttp(protocol) && path === undefined ? ['path'] : []),
  ...(host === undefined && routes.some(({ hostnames }) => hostnames.length > 0) ? ['host'] : []),
];
