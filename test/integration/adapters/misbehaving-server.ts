import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export type MisbehavingServer = {
  readonly url: string;
  /** How the next requests are answered, the last one again and again. */
  answers: RequestListener[];
  readonly requests: { method: string; url: string; body: string; headers: Record<string, unknown> }[];
  readonly stop: () => Promise<void>;
};

/** A server on loopback that answers as a test tells it to. */
export async function startMisbehavingServer(): Promise<MisbehavingServer> {
  const requests: MisbehavingServer['requests'] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, body: Buffer.concat(chunks).toString('utf8'), headers });
    const [answer, ...later] = served.answers;
    if (later.length > 0) served.answers = later;
    answer?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const served: MisbehavingServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: [],
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return served;
}

/** A whole answer. */
export const reply =
  (status: number, body: string | object, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text);
  };

/** An answer that promises more than it gives, and hangs up. */
export const cutOff =
  (body: string): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length * 2) });
    response.write(body, () => response.destroy());
  };
