import { pathParameters } from '../../shared/domain/api/operation.ts';
import { type Input, OPERATIONS, type OperationId } from '../../shared/domain/api/operations.ts';

export type BuiltRequest = {
  readonly method: 'GET' | 'POST';
  /** Encoded as it stands in the request line and in the signature. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

/** The request of an operation, by the table that the API itself reads it with. */
export function buildRequest<Id extends OperationId>(id: Id, input: Input<Id>): BuiltRequest {
  const { method, path } = OPERATIONS[id];
  const told = Object.entries(input).filter(([, value]) => value !== undefined);
  const inPath = new Set(pathParameters(path));
  const others = told.filter(([name]) => !inPath.has(name));
  const values = Object.fromEntries(told);
  return {
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name) => encode(String(values[name]))),
    query: method === 'GET' ? Object.fromEntries(others.map(([name, value]) => [name, String(value)])) : {},
    body: method === 'POST' ? JSON.stringify(Object.fromEntries(others)) : undefined,
  };
}

/** As AWS signs it (RFC 3986): a space is %20, and encodeURIComponent leaves five characters too many. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** What a request with a body says of it. */
export const contentType = ({ body }: BuiltRequest): Record<string, string> =>
  body === undefined ? {} : { 'content-type': 'application/json' };

export function targetOf({ path, query }: BuiltRequest): string {
  const pairs = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}
