import { setTimeout as sleep } from 'node:timers/promises';
import { ContractError, ForbiddenError, InvalidInputError, NotFoundError, UnavailableError } from '../domain/errors.ts';
import { CredentialsRefusedError, ListExpiredError } from '../kubernetes/lister.ts';
import type { KubernetesFetch } from './kubernetes-fetch.ts';

export type KubernetesGet = (path: string) => Promise<unknown>;

export type RetryOptions = {
  /** Requests in all for one answer. */
  readonly attempts?: number;
  /** The longest single wait, whatever Retry-After says. */
  readonly longestWaitMs?: number;
};

/** One JSON answer of the API server. What may pass (429, 5xx, a broken-off answer) is tried again, boundedly. */
export function kubernetesGet(fetch: KubernetesFetch, options: RetryOptions = {}): KubernetesGet {
  const { attempts = 4, longestWaitMs = 30_000 } = options;
  return async (path) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await getOnce(fetch, path);
      } catch (error) {
        const passing = error instanceof UnavailableError && !(error instanceof ListExpiredError);
        if (!passing || attempt >= attempts) throw error;
        const asked = error.retryAfterSeconds;
        await sleep(Math.min(asked === undefined ? 250 * 2 ** attempt : asked * 1000, longestWaitMs));
      }
    }
  };
}

async function getOnce(fetch: KubernetesFetch, path: string): Promise<unknown> {
  const response = await fetch(path);
  const text = await wholeBody(response, path);
  const parsed = parse(text);
  if (response.status === 200 && parsed !== undefined) return parsed;
  throw refusal(response, path, text, parsed);
}

async function wholeBody(response: Response, path: string): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new UnavailableError(`the answer to GET ${path} broke off`, { cause });
  }
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What an answer that is not the object means. Messages of the API server's Status are kept: they name the rule. */
function refusal(response: Response, path: string, text: string, parsed: object | undefined): Error {
  const { status } = response;
  const said = (parsed as { readonly message?: string } | undefined)?.message ?? text.trim().slice(0, 200);
  const told = `GET ${path} was answered ${status}: ${said}`;
  if (status === 200) return notJson(response, path, text);
  if (status === 401) {
    return new CredentialsRefusedError(
      `the Kubernetes API server does not accept the credentials (401: ${said}); they may have expired: log in again and repeat`,
    );
  }
  if (status === 403) return new ForbiddenError(told);
  // "404 page not found" in plain text is how the server answers for a group or version it does not have.
  if (status === 404 && (parsed || said === '404 page not found')) return new NotFoundError(told);
  if (status === 410) return new ListExpiredError(told);
  if (status === 429 || status >= 500) return new UnavailableError(told, retryAfter(response));
  if (status >= 300 && status < 400) {
    const place = response.headers.get('location') ?? 'elsewhere';
    return new InvalidInputError(`expected the Kubernetes API, but GET ${path} is redirected to ${place}`);
  }
  return new ContractError(`expected the Kubernetes API, but ${told}`);
}

/** JSON that ends too soon may be whole next time; a login page in front will not. */
function notJson(response: Response, path: string, text: string): Error {
  const type = response.headers.get('content-type') ?? 'no content type';
  if (type.includes('json'))
    return new UnavailableError(`GET ${path} was answered with broken JSON (${text.length} characters)`);
  return new ContractError(`expected JSON from the Kubernetes API for GET ${path}, got ${type}: ${text.slice(0, 80)}`);
}

function retryAfter(response: Response): { retryAfterSeconds?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {};
}
