import type { z } from 'zod';
import { nearest } from '../configuration/nearest.ts';
import { InvalidInputError } from '../errors.ts';
import { type ApiRequest, carriedBytes } from './http.ts';
import { matchOperation } from './match-operation.ts';
import { longestBody, type Operation } from './operation.ts';
import { OPERATIONS, type OperationId } from './operations.ts';
import { RefusedRequestError } from './problem.ts';

export type Read = { readonly id: OperationId; readonly input: unknown };

/**
 * The operation a request asks for and its input, validated. Throws RefusedRequestError (405, 406, 413, 415),
 * NotFoundError for a path there is not, and InvalidInputError with every fault of the input.
 */
export function readRequest(request: ApiRequest): Read {
  const { id, values } = matchOperation(request.method, request.path);
  mustAcceptJson(request.headers.accept);
  const operation: Operation = OPERATIONS[id];
  const { method, input } = operation;
  const sent = method === 'POST' ? readBody(request, longestBody(operation)) : readQuery(request.query);
  const parsed = input.safeParse({ ...sent, ...values });
  if (parsed.success) return { id, input: parsed.data };
  throw new InvalidInputError(parsed.error.issues.map((issue) => faultOf(issue, Object.keys(input.shape))).join('; '));
}

function mustAcceptJson(accept: string | undefined): void {
  const types = (accept ?? '*/*').split(',').map((part) => part.split(';'));
  const wanted = types.some(
    ([type = '', ...parameters]) =>
      ['*/*', 'application/*', 'application/json'].includes(type.trim().toLowerCase()) &&
      !parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter)),
  );
  if (!wanted) throw new RefusedRequestError(406, `answers are application/json, and only ${accept} is accepted`);
}

function readQuery(query: string): Record<string, string> {
  const told = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = told.get(name);
    if (before !== undefined) throw new InvalidInputError(`${name} is told more than once: ${before}, ${value}`);
    told.set(name, value);
  }
  return Object.fromEntries(told);
}

function readBody({ body = '', headers }: ApiRequest, longest: number): object {
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new RefusedRequestError(
      415,
      `expected a body of application/json, not ${type || 'one without a content type'}`,
    );
  }
  const length = carriedBytes(body);
  if (length > longest) {
    throw new RefusedRequestError(413, `the body has ${length} bytes, quotes escaped: expected at most ${longest}`);
  }
  const value = parseJson(body);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new InvalidInputError('expected the body to be a JSON object');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new InvalidInputError('the body is no JSON', { cause });
  }
}

function faultOf(issue: z.core.$ZodIssue, known: readonly string[]): string {
  if (issue.code === 'unrecognized_keys') {
    const close = issue.keys.length === 1 ? nearest(issue.keys[0] ?? '', known) : undefined;
    const hint = close === undefined ? '' : `; did you mean ${close}?`;
    return `unknown parameter ${issue.keys.join(', ')}: known are ${known.join(', ') || 'none'}${hint}`;
  }
  return `${issue.path.join('.')}: ${issue.message}`;
}
