import { z } from 'zod';
import { MeshgraphError, UnavailableError } from '../errors.ts';
import type { ApiResponse } from './http.ts';

/** What every error is answered as: problem details of RFC 9457, application/problem+json. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What was expected, what came, and what to do.'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problem>;

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** Statuses any operation may answer, beside its own. */
export const COMMON_FAILURES: readonly number[] = [400, 401, 403, 405, 406, 500, 502, 503];

export const titleOf = (status: number): string => TITLES[status] ?? 'Error';

/** A request refused for how it was made, not for what it asks: by method, media type or size. */
export class RefusedRequestError extends MeshgraphError {
  override readonly name: string = 'RefusedRequestError';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** An error as HTTP: our own in their words and by their status, any other as a 500 that tells nothing of the inside. */
export function problemResponse(error: unknown): ApiResponse {
  const status = error instanceof MeshgraphError ? error.status : 500;
  const detail =
    error instanceof MeshgraphError
      ? error.message
      : 'meshgraph failed in a way it did not expect; its log tells more under the id of this request';
  const body: Problem = { type: 'about:blank', title: titleOf(status), status, detail };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...(error instanceof RefusedRequestError ? error.headers : {}),
      ...(error instanceof UnavailableError && error.retryAfterSeconds !== undefined
        ? { 'retry-after': String(error.retryAfterSeconds) }
        : {}),
    },
    body: `${JSON.stringify(body)}\n`,
  };
}
