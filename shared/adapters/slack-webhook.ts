import { RefusedMessageError } from '../domain/alerts/channel.ts';
import type { SlackMessage } from '../domain/alerts/slack-blocks.ts';
import {
  ContractError,
  ForbiddenError,
  InvalidInputError,
  type MeshgraphError,
  NotFoundError,
  UnavailableError,
} from '../domain/errors.ts';

export type PostToSlack = (webhook: string, message: SlackMessage) => Promise<void>;

/** Slack answers within a second or two; what takes longer may have been posted all the same. */
const TIMEOUT_MS = 10_000;

/**
 * Posts to an incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). The webhook is
 * a secret: no message of an error holds it. `route` names it there.
 */
export function slackWebhook(route: string, timeoutMs: number = TIMEOUT_MS): PostToSlack {
  return async (webhook, message) => {
    const url = parseWebhook(route, webhook);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(message),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: Error) => {
      throw noAnswer(error, timeoutMs);
    });
    const answer = (await response.text().catch(() => '')).trim().slice(0, 200);
    if (response.status !== 200) throw refusal(response, answer);
    if (answer !== 'ok')
      throw new ContractError(`expected "ok" from Slack, got an answer of ${answer.length} characters`);
  };
}

function parseWebhook(route: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // fetch refuses a login in a URL with a message that quotes it all.
  if ((url?.protocol === 'https:' || url?.protocol === 'http:') && url.username === '' && url.password === '')
    return url;
  throw new InvalidInputError(
    `the secret of route ${route} should hold the URL of an incoming webhook (https://hooks.slack.com/services/...), but it is none`,
  );
}

function noAnswer(error: Error, timeoutMs: number): UnavailableError {
  const words =
    error.name === 'TimeoutError' ? `no answer from Slack in ${timeoutMs / 1_000} s` : 'Slack is not reachable';
  const code = (error.cause as { code?: string } | undefined)?.code;
  return new UnavailableError(code === undefined ? words : `${words} (${code})`, { cause: error });
}

/** Errors of the page above, by what they are the fault of: the moment, the webhook, or this message. */
function refusal({ status, headers }: Response, answer: string): MeshgraphError {
  const told = `Slack answered ${status} ${answer}`;
  if (status === 429 || status >= 500) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return new UnavailableError(told, Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {});
  }
  if (status === 403)
    return new ForbiddenError(`${told}: an administrator forbids posting there, or revoked the webhook`);
  if (status === 410) return new NotFoundError(`${told}: the channel is archived, give the route another webhook`);
  if (status === 404) return new NotFoundError(`${told}: the webhook or its channel is gone, make a new one`);
  if (status >= 300 && status < 400) return new InvalidInputError(`${told}: a redirect, so it is no webhook of Slack`);
  return new RefusedMessageError(`${told}: it does not take this message`);
}
