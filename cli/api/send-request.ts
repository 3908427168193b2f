import { ContractError, UnavailableError } from '../../shared/domain/errors.ts';
import type { ApiAddress } from './api-address.ts';
import type { Authorization } from './authorize-request.ts';
import { type BuiltRequest, contentType, targetOf } from './build-request.ts';
import { explainRefusal } from './explain-refusal.ts';

export type Connection = {
  readonly address: ApiAddress;
  readonly authorization: Authorization;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
};

/** Sends a request and reads its JSON, following to where a long answer lies. */
export async function sendRequest(connection: Connection, request: BuiltRequest): Promise<unknown> {
  const { address, authorization } = connection;
  const url = `${address.base}${targetOf(request)}`;
  const response = await fetchFrom(connection, url, {
    method: request.method,
    headers: {
      accept: 'application/json',
      ...contentType(request),
      ...(await authorization.headersFor(request)),
    },
    ...(request.body !== undefined && { body: request.body }),
  });
  const location = response.headers.get('location');
  // A long answer lies elsewhere, where this authorisation means nothing.
  if (response.status === 303 && location !== null)
    return readAnswer(await fetchFrom(connection, location, {}), location);
  if (response.ok) return readAnswer(response, url);
  const { status, headers } = response;
  throw await explainRefusal(connection, request, { status, headers, text: await textOf(response, url) });
}

async function fetchFrom({ signal, timeoutMs }: Connection, url: string, options: RequestInit): Promise<Response> {
  const host = new URL(url).host;
  try {
    const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    return await fetch(url, { ...options, redirect: 'manual', signal: either });
  } catch (cause) {
    throw unreachable(host, cause);
  }
}

async function textOf(response: Response, url: string): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw unreachable(new URL(url).host, cause);
  }
}

async function readAnswer(response: Response, url: string): Promise<unknown> {
  const text = await textOf(response, url);
  const { host } = new URL(url);
  if (!response.ok) throw new UnavailableError(`the answer could not be fetched from ${host} (${response.status})`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const what = /^\s*</.test(text) ? 'HTML' : 'something that is no JSON';
    throw new ContractError(`${host} answered ${what}: is this the address of a meshgraph API?`, { cause });
  }
}

function unreachable(host: string, cause: unknown): UnavailableError {
  const { name, cause: inner } = cause as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') {
    return new UnavailableError(`no answer from the API at ${host} in time: try again`, {
      cause,
    });
  }
  const reason = inner?.code ?? inner?.message ?? (cause as Error).message;
  return new UnavailableError(
    `no answer from the API at ${host} (${reason}): is the address right, and is it reachable from here?`,
    {
      cause,
    },
  );
}
