import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ForbiddenError, InvalidInputError, MeshgraphError, UnavailableError } from '../domain/errors.ts';
import { CredentialsRefusedError } from '../kubernetes/lister.ts';

/**
 * How to reach one API server. `credentials` is asked before every request, since tokens live for minutes: it yields
 * what node:https takes (ca, cert, key, agent, headers).
 */
export type KubernetesAccess = {
  /** http(s) URL, with the path prefix of a proxy in front where there is one. */
  readonly server: string;
  readonly credentials: () => Promise<RequestOptions>;
  /** What to do where the server says 401: it accepts the token, and knows nobody behind it. */
  readonly ifRefused?: string;
  /** What to do where nothing answers, after what everybody is told. */
  readonly ifUnreachable?: string;
  /** How long a connection may take; an address no way leads to does not refuse, it is silent. */
  readonly connectMs?: number;
  /** How long an open request may be silent: then the server is taken for gone. */
  readonly silenceMs?: number | undefined;
};

export type KubernetesRequest = { readonly method?: string; readonly body?: string; readonly contentType?: string };

/** Sends one request to the API server: the answer whatever its status, UnavailableError when none came. */
export type KubernetesFetch = (path: string, init?: KubernetesRequest) => Promise<Response>;

/** Access by bearer token, the server's CA as PEM text. */
export function tokenAccess(server: string, ca: string | undefined, token: () => Promise<string>): KubernetesAccess {
  return {
    server,
    credentials: async () => ({
      headers: { authorization: `Bearer ${await token()}` },
      ...(ca !== undefined && { ca }),
    }),
  };
}

const CONNECT_MS = 10_000;

const NO_TOKEN = 'holds line breaks or letters that no token has: is it a whole document? Name its key in the secret';

/** A list of a large cluster is a while in coming. */
const SILENCE_MS = 60_000;

export function kubernetesFetch(access: KubernetesAccess): KubernetesFetch {
  const base = parseServer(access.server);
  return async (path, init = {}) => {
    const url = new URL(base.href.replace(/\/+$/, '') + path);
    const options = await access.credentials();
    try {
      const message = await send(url, options, init, access);
      if (message.statusCode === 401 && access.ifRefused !== undefined) {
        message.resume();
        throw new CredentialsRefusedError(access.ifRefused);
      }
      return toResponse(message);
    } catch (error) {
      throw noAnswer(base, error, access.ifUnreachable);
    }
  };
}

function parseServer(server: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new InvalidInputError(
    `expected the URL of a Kubernetes API server, like https://10.0.0.1:6443, got "${server}"`,
  );
}

function send(
  url: URL,
  credentials: RequestOptions,
  init: KubernetesRequest,
  { connectMs = CONNECT_MS, silenceMs = SILENCE_MS }: KubernetesAccess,
): Promise<IncomingMessage> {
  const { method = 'GET', body, contentType } = init;
  const headers = {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    ...(contentType !== undefined && { 'content-type': contentType }),
    ...credentials.headers,
  };
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = start(url, { ...credentials, method, headers, timeout: silenceMs }, resolve);
    const tooLong = () => request.destroy(new Error(`no connection within ${connectMs / 1000} s`));
    const connecting = setTimeout(tooLong, connectMs);
    request.once('socket', (socket) => {
      if (!socket.connecting) return clearTimeout(connecting);
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting));
    });
    request.once('close', () => clearTimeout(connecting));
    request.on('timeout', () => request.destroy(new Error(`no answer for ${silenceMs / 1000} s`)));
    request.on('error', reject);
    request.end(body);
  });
}

function toResponse(message: IncomingMessage): Response {
  const status = message.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) headers.set(name, String(value));
  const body = message.headers['content-encoding'] === 'gzip' ? unzipped(message) : message;
  const bodiless = status === 204 || status === 304;
  return new Response(bodiless ? null : (Readable.toWeb(body) as ReadableStream<Uint8Array>), { status, headers });
}

/** An answer that breaks off must surface as the body's error, which a plain pipe would swallow. */
function unzipped(message: IncomingMessage): Readable {
  const gunzip = createGunzip();
  message.on('error', (error) => gunzip.destroy(error));
  return message.pipe(gunzip);
}

/** Node's error codes in words. The certificate codes are those of OpenSSL as Node passes them on. */
function noAnswer(base: URL, error: unknown, advice: string | undefined): MeshgraphError {
  if (error instanceof MeshgraphError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_INVALID_CHAR')
    return new InvalidInputError(`the token for ${base.origin} ${NO_TOKEN}`, { cause: error });
  if (/CERT|SELF_SIGNED|ISSUER|LEAF_SIGNATURE|ALTNAME/.test(code)) {
    return new ForbiddenError(
      `the certificate of ${base.origin} does not verify (${message}): give the CA that signed it: kubernetes.caFile, or certificate-authority of the cluster in the kubeconfig`,
      { cause: error },
    );
  }
  return new UnavailableError(
    `no answer from the Kubernetes API server ${base.origin} (${message || code}): is the address right and reachable from here?${advice ? ` ${advice}` : ''}`,
    { cause: error },
  );
}
