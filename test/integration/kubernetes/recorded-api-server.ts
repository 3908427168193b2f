import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type RecordedList, type Recording, recordedAnswers } from '../../recorded-objects.ts';

/** An answer that stands in for the recorded one. `body` is sent as it is; `cut` sends half of it and hangs up. */
export type Reply = {
  readonly status: number;
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cut?: boolean;
};

/** Sees each request before it is answered; `page` counts from 1. `undefined` lets it through. */
export type Fault = (request: {
  readonly url: URL;
  readonly page: number;
  readonly request: IncomingMessage;
}) => Reply | undefined | Promise<Reply | undefined>;

export type RecordedApi = {
  readonly url: string;
  /** Paths with query, in order. */
  readonly requests: string[];
  /** The lists as they are served, by recorded file name: tests take objects out of them. */
  readonly answers: Map<string, RecordedList>;
  readonly faults: Fault[];
  /** Rejects when anybody asked for a Secret. */
  readonly stop: () => Promise<void>;
};

/** The API server's own words for a refusal (metav1.Status). */
export function statusReply(code: number, reason: string, message: string, headers = {}): Reply {
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  return { status: code, body, headers };
}

/** An API server that plays a recording (or answers made of one): discovery, paged lists, gets by name, nothing else. */
export async function startRecordedApi(
  recording: Recording | Map<string, RecordedList>,
  options: { readonly tls?: ServerOptions } = {},
): Promise<RecordedApi> {
  const answers = typeof recording === 'object' ? recording : recordedAnswers(recording);
  const requests: string[] = [];
  const faults: Fault[] = [];
  const secretsAsked: string[] = [];

  const listener: RequestListener = async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://recorded');
    requests.push(url.pathname + url.search);
    if (/\/secrets(\/|$)/.test(url.pathname)) secretsAsked.push(url.pathname);
    const page = 1 + Number(url.searchParams.get('continue')?.split(':')[1] ?? 0);
    const replies = await Promise.all(faults.map((fault) => fault({ url, page, request })));
    const fault = replies.find((reply) => reply !== undefined);
    respond(request, response, fault ?? answer(answers, url));
  };
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    answers,
    faults,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (secretsAsked.length > 0) throw new Error(`Secrets were asked for: ${secretsAsked.join(', ')}`);
    },
  };
}

/** Zipped for who accepts it, as the real one does for long answers. */
function respond(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const { status, body, headers = {}, cut = false } = reply;
  const text = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const zips = String(request.headers['accept-encoding']).includes('gzip');
  const sent = zips ? gzipSync(text, { level: 1 }) : text;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': sent.length,
    ...(zips && { 'content-encoding': 'gzip' }),
    ...headers,
  });
  if (!cut) response.end(sent);
  else response.write(sent.subarray(0, sent.length / 2), () => response.destroy());
}

function answer(answers: Map<string, RecordedList>, url: URL): Reply {
  const [, root, ...rest] = url.pathname.split('/');
  if (rest.length === 0) return found(answers.get(`_${root}`));
  const [group, version, ...path] = root === 'api' ? ['', ...rest] : rest;
  const prefix = `${group ? `${group}_` : ''}${version}_`;
  if (path.length === 0) return resourceList(answers, prefix);
  const [plural = '', namespace, resource, name] = path;
  if (plural === 'namespaces' && resource && name) {
    const items = answers.get(`${prefix}${resource}`)?.items ?? [];
    return found(items.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name));
  }
  return found(page(answers.get(prefix + plural), url.searchParams));
}

function found(body: object | undefined): Reply {
  return body
    ? { status: 200, body }
    : { status: 404, body: '404 page not found', headers: { 'content-type': 'text/plain' } };
}

function resourceList(answers: Map<string, RecordedList>, prefix: string): Reply {
  const names = [...answers.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const resources = names.filter((name) => !name.includes('_')).map((name) => ({ name }));
  return found(resources.length > 0 ? { kind: 'APIResourceList', resources } : undefined);
}

/** A continue token names where the page begins and which page it is. */
function page(list: RecordedList | undefined, query: URLSearchParams): object | undefined {
  if (!list) return undefined;
  const limit = Number(query.get('limit') ?? Number.POSITIVE_INFINITY);
  const [start = 0, number = 0] = (query.get('continue') ?? '').split(':').map(Number);
  const end = start + limit;
  const more = end < list.items.length ? { continue: `${end}:${number + 1}` } : {};
  return { ...list, metadata: { ...list.metadata, ...more }, items: list.items.slice(start, end) };
}
