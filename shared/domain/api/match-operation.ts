import { nearest } from '../configuration/nearest.ts';
import { NotFoundError } from '../errors.ts';
import { pathParameters } from './operation.ts';
import { OPERATIONS, type OperationId } from './operations.ts';
import { RefusedRequestError } from './problem.ts';

export type Matched = { readonly id: OperationId; readonly values: Readonly<Record<string, string>> };

type Route = { readonly id: OperationId; readonly method: string; readonly pattern: RegExp; readonly names: string[] };

const ROUTES: readonly Route[] = Object.entries(OPERATIONS).map(([id, { method, path }]) => ({
  id: id as OperationId,
  method,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`),
  names: pathParameters(path),
}));

/**
 * The operation of a method and path, and what stands in the path. What comes before `/v1` is a stage or the mapping of
 * a custom domain. Throws NotFoundError, or RefusedRequestError (405) with the methods there are.
 */
export function matchOperation(method: string, path: string): Matched {
  const own = path.slice(Math.max(0, path.indexOf('/v1/'))).replace(/\/$/, '');
  const there = ROUTES.filter(({ pattern }) => pattern.test(own));
  // HEAD is answered as GET is, without its body.
  const found = there.find((route) => route.method === (method === 'HEAD' ? 'GET' : method));
  if (found) {
    const [, ...values] = found.pattern.exec(own) ?? [];
    return { id: found.id, values: Object.fromEntries(found.names.map((name, i) => [name, values[i] ?? ''])) };
  }
  if (there.length > 0) {
    const allowed = there.map((route) => (route.method === 'GET' ? 'GET, HEAD' : route.method)).join(', ');
    throw new RefusedRequestError(405, `${own} takes ${allowed}, not ${method}`, { allow: allowed });
  }
  const paths = Object.values(OPERATIONS).map((operation) => operation.path);
  const close = nearest(own, paths);
  const hint = close === undefined ? 'GET /v1/openapi.json tells what there is' : `did you mean ${close}?`;
  throw new NotFoundError(`there is nothing at ${own}; ${hint}`);
}
