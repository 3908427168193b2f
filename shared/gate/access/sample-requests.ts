import type { GuardedRoute } from '../../linkerd/policy/port-policy.ts';
import { toPattern } from '../../linkerd/policy/regular-expression.ts';
import type { MatchSpec, Request } from '../../linkerd/policy/request-match.ts';
import type { RouteRef } from '../../linkerd/policy/route.ts';
import type { GateState } from '../gate-state.ts';

/** One way to ask a port for something. */
export type SampleRequest = {
  /** For messages; undefined = anything at all. */
  readonly shown: string | undefined;
  readonly request: Request | undefined;
  /** Where no request can be made up that the route takes: the route itself. */
  readonly route?: RouteRef;
  /** Bytes that are no HTTP. */
  readonly raw?: true;
};

/** No route names this method or path, and no probe asks so. */
export const ANYTHING: Request = { method: 'ANY', path: '/nobody.lists/this', host: '', headers: {} };
const ANY_RPC: Request = { ...ANYTHING, method: 'POST' };

/** Something nobody lists, bytes, and one request for each match of each route. */
export function sampleRequests(routes: readonly GuardedRoute[], { byKey }: GateState): SampleRequest[] {
  const own = routes.flatMap(({ ref, hostnames, rpc }) => {
    type Spec = { readonly rules?: readonly { readonly matches?: readonly MatchSpec[] }[] };
    const { rules = [] } = (byKey.get(routeKey(ref))?.spec ?? {}) as Spec;
    const host = hostnames[0]?.replace(/^\*/, 'any') ?? '';
    return rules
      .flatMap(({ matches = [] }) => (matches.length > 0 ? matches : [{}]))
      .map((match) => (rpc ? sampleRpc(match, host) : sampleHttp(match, host, ref)));
  });
  return [
    { shown: undefined, request: ANYTHING },
    { shown: undefined, request: ANY_RPC },
    { shown: 'bytes that are no HTTP', request: ANYTHING, raw: true },
    ...own,
  ];
}

/** The key (object-key.ts) of the route an authorization or verdict names. */
export const routeKey = ({ kind, group, namespace, name }: RouteRef): string => `${kind}.${group}/${namespace}/${name}`;

function sampleRpc({ method, headers = [] }: MatchSpec, host: string): SampleRequest {
  const { service = 'nobody.Lists', method: rpc = 'This' } = (method ?? {}) as { service?: string; method?: string };
  const path = `/${service}/${rpc}`;
  return { shown: path, request: { method: 'POST', path, host, headers: headersOf(headers) ?? {} } };
}

function sampleHttp(match: MatchSpec, host: string, route: RouteRef): SampleRequest {
  const { type = 'PathPrefix', value = '/' } = match.path ?? {};
  const path =
    type === 'RegularExpression' ? textLike(value) : type === 'Exact' ? value : `${value.replace(/\/+$/, '')}/any`;
  const headers = headersOf(match.headers ?? []);
  const query = headersOf(match.queryParams ?? []);
  const method = typeof match.method === 'string' ? match.method : 'ANY';
  const path_ = type === 'PathPrefix' ? `${value.replace(/\/+$/, '')}/…` : value;
  const shown = typeof match.method === 'string' ? `${method} ${path_}` : path_;
  if (path === undefined || headers === undefined || query === undefined) return { shown, request: undefined, route };
  const asked = Object.entries(query).map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
  return {
    shown,
    request: { method, path: [path, ...(asked.length > 0 ? [asked.join('&')] : [])].join('?'), host, headers },
  };
}

type Named = { readonly name: string; readonly type?: string; readonly value?: string };

/** A value for each; undefined where one cannot be made up. */
function headersOf(named: readonly Named[]): Record<string, string> | undefined {
  const values = named.map(({ name, type, value = '' }) => [
    name,
    type === 'RegularExpression' ? textLike(value) : value,
  ]);
  return values.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(values);
}

/** A text that a simple regular expression takes; undefined where none was found. */
function textLike(expression: string): string | undefined {
  const matches = toPattern(expression);
  const simple = expression
    .replace(/^\^|\$$/g, '')
    .replace(/\(\?:|\(\?P?<\w+>|[()]/g, '')
    .replace(/\|.*$/, '')
    .replace(/(\.|\[\^[^\]]*\]|\\w|\[[^\]]*[a-z][^\]]*\])(\+|\*|\{\d*,?\d*\})?/g, 'a')
    .replace(/(\\d|\[0-9\])(\+|\*|\{\d*,?\d*\})?/g, '1')
    .replace(/\\(.)/g, '$1')
    .replace(/[?*+]/g, '');
  return [expression, simple, '/', '/a', '/a/a', 'a', '1'].find(matches);
}
