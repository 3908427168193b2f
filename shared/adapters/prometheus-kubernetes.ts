import { ForbiddenError, InvalidInputError, UnavailableError } from '../domain/errors.ts';
import type { PrometheusReply, PrometheusSend } from './prometheus.ts';

export type PrometheusService = { readonly namespace: string; readonly service: string; readonly port: number };

/** Sends one request to the API server. */
export type ApiServer = (path: string) => Promise<Response>;

/**
 * Sends to a Prometheus behind a Service, through the API server's service proxy. By GET: then `get` on
 * `services/proxy` is all it takes. What the API server itself answers instead of Prometheus, it says in a `Status`.
 */
export function sendThroughKubernetes(
  fetch: ApiServer,
  { namespace, service, port }: PrometheusService,
): PrometheusSend {
  const base = `/api/v1/namespaces/${namespace}/services/${service}:${port}/proxy`;
  return async (path, form) => {
    const reply = await readReply(await fetch(`${base}${path}?${form}`));
    const refusal = apiServerRefusal(reply);
    if (refusal !== undefined) throw explain(reply, refusal, `${namespace}/${service}:${port}`);
    return reply;
  };
}

async function readReply(response: Response): Promise<PrometheusReply> {
  const { status, headers } = response;
  const wait = Number(headers.get('retry-after') ?? Number.NaN);
  const date = Date.parse(headers.get('date') ?? '');
  return {
    status,
    contentType: headers.get('content-type') ?? '',
    body: await response.text().catch((cause: Error) => {
      throw new UnavailableError(`the API server's answer broke off: ${cause.message}`, { cause });
    }),
    retryAfterSeconds: Number.isFinite(wait) ? wait : undefined,
    serverTime: Number.isNaN(date) ? undefined : date,
  };
}

function apiServerRefusal({ status, body }: PrometheusReply): string | undefined {
  if (status === 200 || !body.includes('"Status"')) return undefined;
  try {
    const answer = JSON.parse(body) as { kind?: unknown; message?: unknown };
    return answer.kind === 'Status' ? String(answer.message ?? '') : undefined;
  } catch {
    return undefined;
  }
}

function explain({ status, retryAfterSeconds }: PrometheusReply, said: string, where: string): Error {
  if (status === 401) return new ForbiddenError(`the API server does not accept our credentials: ${said}`);
  if (status === 403) {
    return new ForbiddenError(
      `the API server does not let us reach Service ${where} (${said}): grant "get" on "services/proxy" there, or give prometheus.url`,
    );
  }
  if (status === 404) {
    return new InvalidInputError(
      `there is no Service ${where} (${said}): name the Prometheus that scrapes Linkerd's proxies in prometheus.namespace, service and port, or its URL in prometheus.url`,
    );
  }
  return new UnavailableError(`the API server cannot reach Service ${where} now (${status}: ${said})`, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
