import { createdAt } from '../../kubernetes/kubernetes-object.ts';
import { groupOf, namespaceOf, type PolicyObject, type Ref } from './policy-object.ts';
import { ANY_HTTP, httpMatch, type MatchSpec, type RequestMatch } from './request-match.ts';
import { type ServerStatus, serverStatuses } from './route-status.ts';
import { rpcMatch } from './rpc-match.ts';

/** Routes of both groups that a Server may have. */
export const INBOUND_ROUTE_KINDS = [
  'HTTPRoute.policy.linkerd.io',
  'HTTPRoute.gateway.networking.k8s.io',
  'GRPCRoute.gateway.networking.k8s.io',
] as const;

/** Those and the others that Linkerd reads. */
export const ROUTE_KINDS = [
  ...INBOUND_ROUTE_KINDS,
  'TLSRoute.gateway.networking.k8s.io',
  'TCPRoute.gateway.networking.k8s.io',
] as const;

export type RouteRef = {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
};

export type ParentRef = Ref & { readonly port?: number; readonly sectionName?: string };

/** An HTTPRoute (of either group), GRPCRoute, TLSRoute or TCPRoute, ready to be matched. */
export type Route = {
  readonly ref: RouteRef;
  readonly createdAt: number | undefined;
  readonly hostnames: readonly string[];
  /** What any of its rules matches. */
  readonly matches: readonly RequestMatch[];
  /** Whether it takes every request (of a GRPCRoute: every gRPC call), so that nothing about it need be known. */
  readonly matchesAll: boolean;
  /** Takes gRPC calls only. */
  readonly rpc: boolean;
  /** Has a rule that answers with a redirect instead of the workload. */
  readonly redirects: boolean;
  readonly parents: readonly ParentRef[];
  readonly statuses: readonly ServerStatus[];
  /** Why the controller cannot read it at all. */
  readonly unreadable: string | undefined;
};

type Spec = {
  readonly parentRefs?: readonly ParentRef[];
  readonly hostnames?: readonly string[];
  readonly rules?: readonly {
    readonly matches?: readonly MatchSpec[];
    readonly filters?: readonly { readonly type?: string }[];
  }[];
};

/** Filters the inbound index knows; any other makes it ignore the route (inbound/index/http.rs). */
const FILTERS = /^(RequestHeaderModifier|ResponseHeaderModifier|RequestRedirect)$/;

export function toRoute(object: PolicyObject): Route {
  const { parentRefs = [], hostnames = [], rules = [] } = (object.spec ?? {}) as Spec;
  const { kind, apiVersion, metadata } = object;
  const match = kind === 'GRPCRoute' ? rpcMatch : httpMatch;
  const any = kind === 'GRPCRoute' ? rpcMatch({}) : ANY_HTTP;
  const filter = rules.flatMap(({ filters = [] }) => filters).find(({ type = '' }) => !FILTERS.test(type));
  return {
    ref: { group: groupOf(apiVersion), kind, namespace: namespaceOf(object), name: metadata.name },
    createdAt: createdAt(metadata),
    hostnames,
    matches: rules.flatMap(({ matches = [] }) => (matches.length > 0 ? matches.map(match) : [any])),
    matchesAll:
      hostnames.length === 0 && rules.some(({ matches = [] }) => matches.length === 0 || matches.some(takesAll)),
    rpc: kind === 'GRPCRoute',
    redirects: rules.some(({ filters = [] }) => filters.some(({ type }) => type === 'RequestRedirect')),
    parents: parentRefs,
    statuses: serverStatuses(object),
    unreadable: filter && `filter ${filter.type} is not supported`,
  };
}

function takesAll({ path, headers = [], queryParams = [], method }: MatchSpec): boolean {
  const { type = 'PathPrefix', value = '/' } = path ?? {};
  return type === 'PathPrefix' && value === '/' && headers.length + queryParams.length === 0 && method === undefined;
}
