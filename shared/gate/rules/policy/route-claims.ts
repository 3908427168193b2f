import type { PolicyObject } from '../../../linkerd/policy/policy-object.ts';
import type { MatchSpec } from '../../../linkerd/policy/request-match.ts';

/** What a route takes by one match under one hostname. */
export type Claim = {
  readonly field: string;
  /** The claim itself, and the claims that take all of its requests when an older route makes them. */
  readonly takers: readonly string[];
};

type Spec = {
  readonly hostnames?: readonly string[];
  readonly rules?: readonly { readonly matches?: readonly MatchSpec[] }[];
};

/**
 * All that a route takes. Of two routes on a Server the older takes every request of a claim that both make; so does one whose
 * regular expression takes any path, for it matches as long a path as any other (oracle 1, 15).
 */
export function claimsOf({ kind, spec }: PolicyObject): Claim[] {
  const { hostnames = [], rules = [] } = (spec ?? {}) as Spec;
  const hosts = hostnames.length > 0 ? hostnames.map((host) => host.toLowerCase()) : ['*'];
  const takers = kind === 'GRPCRoute' ? rpcTakers : httpTakers;
  return rules.flatMap(({ matches = [] }, rule) => {
    const own = matches.length > 0 ? matches : [{}];
    return own.flatMap((match, at) => {
      const field = matches.length > 0 ? `spec.rules[${rule}].matches[${at}]` : `spec.rules[${rule}]`;
      return hosts.map((host) => ({ field, takers: takers(match).map((taker) => JSON.stringify([host, ...taker])) }));
    });
  });
}

const ANY_PATH = ['.*', '/.*'];

/** A prefix does not mind a final slash; what is left out is the prefix `/`. */
function httpTakers({ path, headers = [], queryParams = [], method }: MatchSpec): unknown[][] {
  const { type = 'PathPrefix', value = '/' } = path ?? {};
  const place = type === 'PathPrefix' ? value.replace(/\/+$/, '') : value;
  const rest = [method ?? '', evened(headers, true), evened(queryParams, false)];
  const isBare = method === undefined && headers.length + queryParams.length === 0;
  const any = isBare ? ANY_PATH.map((pattern) => ['RegularExpression', pattern, ...rest]) : [];
  return [[type, place, ...rest], ...any];
}

function rpcTakers({ method, headers = [] }: MatchSpec): unknown[][] {
  const { service, method: rpc } = (method ?? {}) as { readonly service?: string; readonly method?: string };
  return [[service ?? '', rpc ?? '', evened(headers, true)]];
}

const evened = (list: NonNullable<MatchSpec['headers']>, foldCase: boolean): string[] =>
  list
    .map(({ name, type = 'Exact', value = '' }) => JSON.stringify([foldCase ? name.toLowerCase() : name, type, value]))
    .sort();
