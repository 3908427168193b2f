import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidInputError, UnavailableError } from '../domain/errors.ts';
import type { PrometheusReply, PrometheusSend } from './prometheus.ts';

export type PrometheusAccess = {
  readonly url: string;
  /** The headers that let this POST in. Asked before each attempt: tokens are renewed, and signatures are of a body and a time. */
  readonly authorize?: (url: URL, body: string) => Promise<Readonly<Record<string, string>>>;
  /** PEM texts. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly timeoutMs?: number | undefined;
};

/** Sends to a Prometheus by URL: plain, basic, bearer, client certificate, own CA. Retries twice where no answer came. */
export function sendByUrl(access: PrometheusAccess): PrometheusSend {
  const base = parseUrl(access.url);
  return async (path, form) => {
    const url = new URL(base.href.replace(/\/+$/, '') + path);
    const body = form.toString();
    for (let attempt = 0; ; attempt += 1) {
      const authorization = await access.authorize?.(url, body);
      try {
        const reply = await post(url, body, { ...FORM_HEADERS, ...authorization }, access);
        if (attempt >= 2 || ![429, 502, 503, 504].includes(reply.status)) return reply;
        await sleep(Math.min((reply.retryAfterSeconds ?? 2 ** attempt / 4) * 1000, 10_000));
      } catch (error) {
        if (attempt >= 2 || !isTransient(error)) throw noAnswer(base, error);
        await sleep(250 * 2 ** attempt);
      }
    }
  };
}

function parseUrl(text: string): URL {
  try {
    const url = new URL(text);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  } catch {
    // Falls through to the sentence below.
  }
  throw new InvalidInputError(
    `a Prometheus URL begins with http:// or https://, like http://127.0.0.1:9090, not "${text}"`,
  );
}

const FORM_HEADERS = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };

function post(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  access: PrometheusAccess,
): Promise<PrometheusReply> {
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    timeout: access.timeoutMs ?? 120_000,
    ...(access.ca !== undefined && { ca: access.ca }),
    ...(access.certificate !== undefined && { cert: access.certificate, key: access.key }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (response) => {
      readReply(response).then(resolve, reject);
    });
    request.on('timeout', () => request.destroy(new Error(`no answer in ${(options.timeout as number) / 1000} s`)));
    request.on('error', reject);
    request.end(body);
  });
}

async function readReply(response: IncomingMessage): Promise<PrometheusReply> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const wait = Number(response.headers['retry-after']);
  const date = Date.parse(response.headers.date ?? '');
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    body: Buffer.concat(chunks).toString('utf8'),
    retryAfterSeconds: Number.isFinite(wait) ? wait : undefined,
    serverTime: Number.isNaN(date) ? undefined : date,
  };
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const isTransient = (error: unknown): boolean => ['ECONNRESET', 'EPIPE', 'EAI_AGAIN'].includes(codeOf(error));

function noAnswer(url: URL, error: unknown): Error {
  const code = codeOf(error);
  const what = error instanceof Error ? error.message : String(error);
  const cause = { cause: error };
  if (code === 'ERR_INVALID_CHAR') {
    return new InvalidInputError(
      `the token for ${url.origin} holds line breaks or letters that no token has: is it a whole document? Name its key in the secret`,
      cause,
    );
  }
  if (code === 'ECONNREFUSED')
    return new UnavailableError(`nothing listens at ${url.origin}: is Prometheus up and the port right?`, cause);
  if (code === 'ENOTFOUND')
    return new InvalidInputError(`the host ${url.hostname} of the Prometheus URL is not known to DNS`, cause);
  if (/CERT|SIGNED|SIGNATURE|ALTNAME|ISSUER/.test(code)) {
    return new InvalidInputError(
      `the certificate of ${url.origin} is not trusted (${what}): name its CA in prometheus.caFile`,
      cause,
    );
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code === 'HPE_INVALID_CONSTANT') {
    return new InvalidInputError(
      `${url.origin} does not speak ${url.protocol === 'https:' ? 'TLS: try http://' : 'plain HTTP: try https://'}`,
      cause,
    );
  }
  return new UnavailableError(`no answer from Prometheus at ${url.origin}: ${what}`, cause);
}
