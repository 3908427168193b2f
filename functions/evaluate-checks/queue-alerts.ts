import { ALERT_REQUEST_SCHEMA, type AlertRequest } from '../../shared/domain/messages/alert-request.ts';

export type QueueAlertsDeps = {
  /** Instants of the evaluations with alerts that nobody was asked to send, or not since `before`. */
  readonly readWaiting: (cluster: string, before: number) => Promise<readonly number[]>;
  readonly requestAlerts: (requests: readonly AlertRequest[]) => Promise<void>;
  readonly markQueued: (cluster: string, evaluations: readonly number[], now: number) => Promise<void>;
  readonly now: () => number;
};

/** A request that was not answered by then is lost, with its queue or among the dead letters: it is asked again. */
const LOST_AFTER_MS = 3_600_000;

/**
 * Asks send-alerts for what waits in the outbox. Where this ends between asking and noting it, the next run asks again:
 * what was delivered then is not sent twice, since deliveries are kept with the alerts.
 */
export async function queueAlerts(deps: QueueAlertsDeps, cluster: string): Promise<void> {
  const now = deps.now();
  const evaluations = await deps.readWaiting(cluster, now - LOST_AFTER_MS);
  if (evaluations.length === 0) return;
  await deps.requestAlerts(evaluations.map((at) => ({ schema: ALERT_REQUEST_SCHEMA, cluster, at })));
  await deps.markQueued(cluster, evaluations, now);
}
