import { ForbiddenError, NotFoundError } from '../domain/errors.ts';
import type { PrometheusReply, PrometheusSend } from './prometheus.ts';
import { type PrometheusAccess, sendByUrl } from './prometheus-http.ts';

export type PrometheusWorkspace = {
  readonly workspace: string;
  readonly region: string;
  /** Base URL of the data plane of Amazon Managed Prometheus in the region. */
  readonly endpoint: string;
  /** Signs the request for the service `aps`. */
  readonly authorize: NonNullable<PrometheusAccess['authorize']>;
  readonly maxSamples?: number | undefined;
  readonly timeoutMs?: number | undefined;
};

/**
 * Sends to a workspace of Amazon Managed Prometheus. With `maxSamples` the workspace stops a query that touches more
 * samples (`max_samples_processed_error_threshold`, AMP user guide, QueryMetrics), as Prometheus does at its own limit.
 */
export function sendToWorkspace(access: PrometheusWorkspace): PrometheusSend {
  const { endpoint, authorize, maxSamples, timeoutMs, ...named } = access;
  const send = sendByUrl({ url: `${endpoint}/workspaces/${named.workspace}`, authorize, timeoutMs });
  return async (path, form) => {
    const bounded = new URLSearchParams(form);
    if (maxSamples !== undefined) bounded.set('max_samples_processed_error_threshold', String(maxSamples));
    const reply = await send(path, bounded);
    refuse(reply, named);
    return reply;
  };
}

/** What the gateway of AWS answers instead of Prometheus: JSON with a `message`. */
function refuse({ status, body }: PrometheusReply, { workspace, region }: { workspace: string; region: string }): void {
  if (status !== 401 && status !== 403 && status !== 404) return;
  const said = messageOf(body);
  const what = `workspace ${workspace} of Amazon Managed Prometheus in ${region}`;
  if (status === 404)
    throw new NotFoundError(`there is no ${what} (${said}): check its id, region and account (roleArn)`);
  if (/expired/i.test(said)) throw new ForbiddenError(`the AWS credentials have expired (${said}): log in again`);
  if (/security token|signature/i.test(said)) {
    throw new ForbiddenError(
      `AWS does not accept the credentials for ${what} (${said}): check profile, role and clock`,
    );
  }
  throw new ForbiddenError(`AWS does not let us query ${what} (${said}): grant aps:QueryMetrics on it`);
}

function messageOf(body: string): string {
  try {
    const { message, Message } = JSON.parse(body) as { message?: unknown; Message?: unknown };
    return String(message ?? Message ?? 'no reason given').slice(0, 300);
  } catch {
    return 'no reason given';
  }
}
