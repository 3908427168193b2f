import { z } from 'zod';
import { problem } from '../../shared/domain/api/problem.ts';
import {
  ContractError,
  ForbiddenError,
  InvalidInputError,
  type MeshgraphError,
  NotFoundError,
  UnavailableError,
} from '../../shared/domain/errors.ts';
import type { BuiltRequest } from './build-request.ts';
import { explainForbidden } from './explain-forbidden.ts';
import type { Connection } from './send-request.ts';

export type Refusal = { readonly status: number; readonly headers: Headers; readonly text: string };

type Kind = new (message: string, options?: ErrorOptions & { retryAfterSeconds?: number }) => MeshgraphError;

const KINDS: Readonly<Record<number, Kind>> = {
  400: InvalidInputError,
  401: ForbiddenError,
  403: ForbiddenError,
  404: NotFoundError,
  413: InvalidInputError,
  503: UnavailableError,
};

/** What API Gateway itself answers, without asking a function. */
const ofGateway = z.union([
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ Message: z.string() }).transform(({ Message }) => Message),
]);

/** An answer that is none as one of our errors: the API's own words where it has some, else what the gateway meant. */
export async function explainRefusal(
  connection: Pick<Connection, 'address' | 'authorization'>,
  request: BuiltRequest,
  refusal: Refusal,
): Promise<MeshgraphError> {
  const body = parseJson(refusal.text);
  const told = problem.safeParse(body);
  if (told.success) return ownWords(refusal, told.data.detail);
  const message = ofGateway.safeParse(body).data;
  if (refusal.status === 401 || refusal.status === 403) {
    return explainForbidden(connection, request, message ?? `status ${refusal.status}`);
  }
  return wordsOfGateway(connection.address.base, refusal, message);
}

function ownWords({ status, headers }: Refusal, detail: string): MeshgraphError {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return new (KINDS[status] ?? ContractError)(detail, Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {});
}

function wordsOfGateway(base: string, { status, text }: Refusal, message: string | undefined): MeshgraphError {
  if (message === undefined) {
    const what = /^\s*</.test(text) ? 'HTML' : 'something that is no meshgraph answer';
    return new ContractError(`${base} answered ${what} (${status}): is this the address of a meshgraph API?`);
  }
  if (status === 404) return new NotFoundError(`there is no meshgraph API at ${base} (its gateway says: ${message})`);
  if (status === 429 || status >= 500) {
    return new UnavailableError(`the API at ${base} cannot answer now (${status}: ${message}): try again`);
  }
  return new ContractError(`the gateway of ${base} refused the request (${status}: ${message})`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
