import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SlackMessage = { readonly text?: string; readonly blocks?: readonly SlackBlock[] };
type SlackBlock = { readonly type: string; readonly text?: { readonly type: string; readonly text: string } };

export type Posted = {
  /** Path of the webhook. */
  readonly webhook: string;
  readonly status: number;
  readonly message: SlackMessage;
};

/** What stands in the way of a message: an answer instead of `ok`, or none at all. */
export type Trouble =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly text: string }
  | 'hang';

export type FakeSlack = {
  readonly webhook: (channel: string) => string;
  /** Everything that was posted, with what it was told. */
  readonly posted: readonly Posted[];
  /** Asked for each message that is in order; `undefined` = deliver it. */
  trouble: (posted: Pick<Posted, 'webhook' | 'message'>) => Trouble | undefined;
  readonly stop: () => Promise<void>;
};

/**
 * Incoming webhooks as Slack has them: `ok`, or the error texts and limits of
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and .../reference/block-kit/blocks.
 */
export async function startFakeSlack(): Promise<FakeSlack> {
  const posted: Posted[] = [];
  const server = createServer(async (request, response) => {
    const webhook = request.url ?? '';
    const message = parse(await bodyOf(request));
    const trouble = faultOf(request, message) ?? slack.trouble({ webhook, message: message ?? {} });
    if (trouble === 'hang') return;
    const { status, headers = {}, text } = trouble ?? { status: 200, text: 'ok' };
    posted.push({ webhook, status, message: message ?? {} });
    answer(response, status, headers, text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const slack: FakeSlack = {
    webhook: (channel) => `http://127.0.0.1:${port}/services/T000/B000/${channel}`,
    posted,
    trouble: () => undefined,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return slack;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): SlackMessage | undefined {
  try {
    return JSON.parse(body) as SlackMessage;
  } catch {
    return undefined;
  }
}

function faultOf({ method }: IncomingMessage, message: SlackMessage | undefined): Trouble | undefined {
  const refused = (text: string): Trouble => ({ status: 400, text });
  if (method !== 'POST') return refused('invalid_method');
  if (message === undefined) return refused('invalid_payload');
  if (!message.text && !message.blocks?.length) return refused('no_text');
  const blocks = message.blocks ?? [];
  const tooLong = blocks.some(({ type, text }) => (text?.text.length ?? 0) > (type === 'header' ? 150 : 3000));
  return blocks.length > 50 || tooLong ? refused('invalid_blocks') : undefined;
}

function answer(response: ServerResponse, status: number, headers: Record<string, string>, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(text);
}
