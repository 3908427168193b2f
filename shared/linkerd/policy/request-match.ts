import { type Pattern, toPattern } from './regular-expression.ts';

/** What routes look at. The path may carry a query; header names in any case. */
export type Request = {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
};

type Typed = { readonly type?: string; readonly value?: string };
type Named = Typed & { readonly name: string };

export type MatchSpec = {
  readonly path?: Typed;
  readonly headers?: readonly Named[];
  readonly queryParams?: readonly Named[];
  /** HTTPRoute: GET...; GRPCRoute: {service, method}. */
  readonly method?: unknown;
};

/** How well a request matches, most telling first; undefined when it does not. */
export type Rank = readonly number[];
export type RequestMatch = (request: Request) => Rank | undefined;

/** A rule without matches takes every request, as the path prefix `/` would (Gateway API). */
export const ANY_HTTP: RequestMatch = () => [1, 0, 0, 0];

/**
 * One match of an HTTPRoute. Matched path LENGTH whatever its kind, then the number of headers, of query parameters, then
 * whether it names a method (oracle 1). A regular expression must take the whole value.
 */
export function httpMatch({ path, headers = [], queryParams = [], method }: MatchSpec): RequestMatch {
  const pathLength = pathMatch(path);
  const headerMatches = headers.map(headerMatch);
  const queryMatches = queryParams.map((spec) => valueMatch(spec));
  return (request) => {
    const [bare = '', query = ''] = splitOnce(request.path, '?');
    if (method !== undefined && request.method !== method) return undefined;
    const length = pathLength(bare);
    if (length === undefined || !headerMatches.every((matches) => matches(request))) return undefined;
    const parameters = queryMatches.length > 0 ? [...new URLSearchParams(query)] : [];
    const holds = queryMatches.every(({ name, matches }) =>
      parameters.some(([key, value]) => key === name && matches(value)),
    );
    return holds ? [length, headers.length, queryParams.length, method === undefined ? 0 : 1] : undefined;
  };
}

/** Paths are compared as sent, neither decoded nor normalised; a final `/` matters to Exact only (oracle 9). */
function pathMatch(spec: Typed | undefined): (path: string) => number | undefined {
  if (spec === undefined) return () => 1;
  const { type = 'PathPrefix', value = '/' } = spec;
  if (type === 'Exact') return (path) => (path === value ? value.length : undefined);
  if (type === 'RegularExpression') {
    const pattern = toPattern(value);
    return (path) => (pattern(path) ? path.length : undefined);
  }
  if (value === '/') return () => 1;
  const prefix = value.replace(/\/+$/, '');
  return (path) => {
    const whole = path.replace(/\/+$/, '');
    return whole === prefix || whole.startsWith(`${prefix}/`) ? prefix.length : undefined;
  };
}

/** Any of several values of a header may match. */
export function headerMatch(spec: Named): (request: Request) => boolean {
  const { name, matches } = valueMatch(spec);
  const wanted = name.toLowerCase();
  return ({ headers }) =>
    Object.entries(headers).some(([key, value]) => key.toLowerCase() === wanted && [value].flat().some(matches));
}

function valueMatch({ name, type, value = '' }: Named): { name: string; matches: Pattern } {
  return { name, matches: type === 'RegularExpression' ? toPattern(value) : (given) => given === value };
}

const splitOnce = (text: string, at: string): string[] => {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
};
