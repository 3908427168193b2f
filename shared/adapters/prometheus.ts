import { ContractError, ForbiddenError, InvalidInputError, UnavailableError } from '../domain/errors.ts';
import { SampleLimitError } from '../linkerd/traffic/sample-limit.ts';
import { type PrometheusAnswer, parseAnswer } from './prometheus-answer.ts';

/** What came back for one HTTP request, whatever carried it (a URL, the Kubernetes API server's service proxy). */
export type PrometheusReply = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly retryAfterSeconds: number | undefined;
  /** The server's `Date` header in epoch ms. */
  readonly serverTime: number | undefined;
};

/** Posts a form to a path of the Prometheus API. Throws UnavailableError when no answer came. */
export type PrometheusSend = (path: string, form: URLSearchParams) => Promise<PrometheusReply>;

export type PrometheusResult = PrometheusAnswer & { readonly serverTime: number | undefined };

/** Linkerd-viz's Prometheus admits only its own metrics-api since Linkerd 2.13 (linkerd2#10790). */
const LINKERD_ADVICE =
  "If it is linkerd-viz's own Prometheus, Linkerd policy denies everybody but metrics-api: add an AuthorizationPolicy in " +
  'namespace linkerd-viz with targetRef Server prometheus-admin and a NetworkAuthentication that lists where meshgraph ' +
  "comes from (the API server's addresses when it is read through the API server).";

/**
 * An instant query (`/api/v1/query`). `where` names the server in messages.
 * Wrong input (401, 403, 404, 400, 422) and broken answers are told at once; 429, 502, 503, 504 are UnavailableError.
 */
export async function queryPrometheus(
  send: PrometheusSend,
  where: string,
  promql: string,
  at: number,
): Promise<PrometheusResult> {
  const reply = await send('/api/v1/query', new URLSearchParams({ query: promql, time: (at / 1000).toFixed(3) }));
  refuse(reply, where);
  return { ...parse(reply, where), serverTime: reply.serverTime };
}

function refuse(reply: PrometheusReply, where: string): void {
  const { status } = reply;
  if (status === 200) return;
  const said = errorText(reply);
  const quoted = said === '' ? '' : `: ${said}`;
  if (status === 401)
    throw new ForbiddenError(
      `${where} did not accept the credentials (401)${quoted}. Check user, token or certificate in prometheus.auth.`,
    );
  if (status === 403) throw new ForbiddenError(`${where} refused the query (403)${quoted}. ${LINKERD_ADVICE}`);
  if (status === 404)
    throw new InvalidInputError(
      `${where} has no Prometheus API (404 at /api/v1/query): check host, port and path of the URL.`,
    );
  // Prometheus at --query.max-samples; Amazon Managed Prometheus at its quotas, at maxSamples, and when it takes too long.
  if ((status === 422 || status === 400) && /too many samples|limit|threshold|time(d )?out/i.test(said)) {
    throw new SampleLimitError(
      `${where} stopped the query at its sample limit${quoted}. Raise its --query.max-samples (maxSamples of a workspace), or set a shorter scan.period.`,
    );
  }
  if ([429, 502, 503, 504].includes(status)) {
    const wait = reply.retryAfterSeconds;
    throw new UnavailableError(
      `${where} cannot answer now (${status})${quoted}. Try again${wait === undefined ? '' : ` in ${wait} s`}.`,
      {
        ...(wait !== undefined && { retryAfterSeconds: wait }),
      },
    );
  }
  throw new ContractError(`${where} answered ${status} to a query${quoted}. Expected 200 and JSON.`);
}

/** Prometheus says what is wrong in `error`; others in text or HTML. */
function errorText(reply: PrometheusReply): string {
  try {
    const body: unknown = JSON.parse(reply.body);
    if (body !== null && typeof body === 'object' && 'error' in body) return String(body.error);
  } catch {
    // Not JSON: the beginning of the text must do.
  }
  return isHtml(reply) ? '' : shorten(reply.body);
}

function parse(reply: PrometheusReply, where: string): PrometheusAnswer {
  try {
    return parseAnswer(reply.body);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) {
      throw new ContractError(
        `${where} answered JSON that is no Prometheus query answer (${shorten(reply.body)}): check the URL`,
        { cause },
      );
    }
    const came = isHtml(reply)
      ? 'an HTML page came: is this a login page or a dashboard instead of Prometheus itself?'
      : `what came is no whole JSON (${reply.body.length} characters, ${reply.contentType || 'no content type'}): was the answer cut off on the way?`;
    throw new ContractError(`${where} was expected to answer JSON, but ${came}`, { cause });
  }
}

const isHtml = (reply: PrometheusReply): boolean => reply.contentType.includes('html') || /^\s*</.test(reply.body);

const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
};
