import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly afterMs?: number;
};

export type RecordedSlack = {
  readonly webhook: string;
  /** Messages that were posted: Slack keeps one whose answer it never got to give, too. */
  readonly posted: { readonly text: string; readonly at: number }[];
  /** The answers to the next requests; afterwards it takes everything. One below 300 is posted, whenever it comes. */
  readonly answerNext: (...answers: readonly Answer[]) => void;
  readonly stop: () => Promise<void>;
};

const TAKEN: Answer = { status: 200, body: 'ok' };

/** An incoming webhook as Slack documents it, on a free port. */
export async function startRecordedSlack(): Promise<RecordedSlack> {
  const posted: { text: string; at: number }[] = [];
  const answers: Answer[] = [];
  const server = createServer((request, response) => void respond(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status, body = '', headers = {}, afterMs = 0 } = answers.shift() ?? TAKEN;
    const { text } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { text: string };
    if (status < 300) posted.push({ text: text.replaceAll('\u200B', ''), at: Date.now() });
    setTimeout(() => response.writeHead(status, headers).end(body), afterMs).unref();
  }

  return {
    webhook: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/a-secret`,
    posted,
    answerNext: (...next) => void answers.push(...next),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
