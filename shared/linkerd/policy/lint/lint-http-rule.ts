import { nearest } from '../../../domain/configuration/nearest.ts';
import { groupOf, type PolicyObject } from '../policy-object.ts';
import { invalidExpression } from '../regular-expression.ts';
import { type LintFinding, odd, refused } from './finding.ts';

type Typed = { readonly type?: string; readonly value?: string };
type Match = {
  readonly path?: Typed;
  readonly headers?: readonly Typed[];
  readonly queryParams?: readonly Typed[];
  readonly method?: string | { readonly type?: string };
};
export type Rule = {
  readonly matches?: readonly Match[] | null;
  readonly filters?: readonly { readonly type?: string }[] | null;
  readonly backendRefs?: readonly unknown[] | null;
  readonly timeouts?: unknown;
};

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
const OWN_FILTERS = ['RequestHeaderModifier', 'RequestRedirect'];
const KNOWN_FILTERS = [...OWN_FILTERS, 'ResponseHeaderModifier'];

export function lintHttpRule(route: PolicyObject, rule: Rule, at: string, inbound: boolean): LintFinding[] {
  const unused = (field: string) =>
    odd(`${at}.${field}`, 'it counts for callers through a Service only, not on a Server');
  return [
    ...(rule.matches ?? []).flatMap((match, index) => lintMatch(route, match, `${at}.matches[${index}]`)),
    ...(rule.filters ?? []).flatMap(({ type = '' }, index) => lintFilter(route, type, `${at}.filters[${index}].type`)),
    ...(inbound && rule.timeouts ? [unused('timeouts')] : []),
    ...(inbound && rule.backendRefs && rule.backendRefs.length > 0 ? [unused('backendRefs')] : []),
  ];
}

function lintMatch(
  { kind }: PolicyObject,
  { path, headers = [], queryParams = [], method }: Match,
  at: string,
): LintFinding[] {
  return [
    ...(path ? lintPath(path, `${at}.path`) : []),
    ...headers.flatMap((header, index) => lintValue(header, `${at}.headers[${index}]`)),
    ...queryParams.flatMap((parameter, index) => lintValue(parameter, `${at}.queryParams[${index}]`)),
    ...(kind === 'GRPCRoute' ? lintRpc(method, `${at}.method`) : lintMethod(method, `${at}.method`)),
  ];
}

function lintPath({ type = 'PathPrefix', value = '/' }: Typed, at: string): LintFinding[] {
  if (type === 'RegularExpression') return lintValue({ type, value }, at);
  if (!value.startsWith('/'))
    return [refused(`${at}.value`, `expected a path that begins with /, got ${JSON.stringify(value)}`)];
  const doubled = 'paths are compared as sent: a doubled slash matches only a request that has it too';
  return value.includes('//') ? [odd(`${at}.value`, doubled)] : [];
}

function lintValue({ type, value = '' }: Typed, at: string): LintFinding[] {
  const why = type === 'RegularExpression' ? invalidExpression(value) : undefined;
  return why
    ? [refused(`${at}.value`, `expected a regular expression Linkerd can read, got ${JSON.stringify(value)}: ${why}`)]
    : [];
}

function lintMethod(method: Match['method'], at: string): LintFinding[] {
  if (method === undefined || METHODS.includes(method as string)) return [];
  const near = nearest(String(method), METHODS);
  return [refused(at, `expected ${METHODS.join(', ')}, got ${method}${near ? `; did you mean ${near}?` : ''}`)];
}

const lintRpc = (method: Match['method'], at: string): LintFinding[] =>
  typeof method === 'object' && method.type === 'RegularExpression'
    ? [refused(`${at}.type`, 'Linkerd matches services and methods exactly only, got RegularExpression')]
    : [];

/** The CRD of Linkerd's own HTTPRoute lists its filters; the Gateway API lists more than Linkerd knows. */
function lintFilter({ apiVersion, kind }: PolicyObject, type: string, at: string): LintFinding[] {
  if (groupOf(apiVersion) === 'policy.linkerd.io' && kind === 'HTTPRoute') {
    return KNOWN_FILTERS.includes(type) ? [] : [refused(at, `expected ${OWN_FILTERS.join(' or ')}, got ${type}`)];
  }
  const ignored = `Linkerd does not support ${type} on a Server and ignores the whole route`;
  return KNOWN_FILTERS.includes(type) ? [] : [odd(at, ignored)];
}
