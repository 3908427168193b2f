import {
  type Delivery,
  type Failure,
  RefusedMessageError,
  type WaitingAlert,
} from '../../shared/domain/alerts/channel.ts';
import { MeshgraphError, UnavailableError } from '../../shared/domain/errors.ts';
import type { Outbox, Route, SendAlertsDeps } from './send-alerts.ts';

export type RouteFailure = { readonly route: string; readonly error: MeshgraphError };

/** Ids of the alerts a route took, and what went wrong. */
export type RouteResult = { readonly delivered: readonly string[]; readonly failures: readonly RouteFailure[] };

export type RouteDeps = Pick<SendAlertsDeps, 'now' | 'wait' | 'remainingMs'> & { readonly outbox: Outbox };

const ATTEMPTS = 3;
/** A wait longer than this is spent in the queue. */
const LONGEST_WAIT_MS = 15_000;
/** One delivery takes no longer: its own time-out, and the marking afterwards. */
const DELIVERY_MS = 15_000;

/**
 * Sends what waits for a route, in order. A message the other side will not take is kept as refused and the next one is
 * tried; anything else that fails ends the route for this time.
 */
export async function sendAlongRoute(
  deps: RouteDeps,
  { name, channel }: Pick<Route, 'name' | 'channel'>,
  waiting: readonly WaitingAlert[],
): Promise<RouteResult> {
  const delivered: string[] = [];
  const failures: RouteFailure[] = [];
  let nextAt = 0;
  for (const delivery of channel.plan(waiting)) {
    await deps.wait(Math.max(0, nextAt - deps.now()));
    const failed = await attempt(deps, delivery);
    nextAt = deps.now() + channel.paceMs;
    const taken = delivery.alerts.filter((alert) => !failed.some((one) => one.alert === alert)).map(({ id }) => id);
    if (taken.length > 0) await deps.outbox.markDelivered(name, taken);
    delivered.push(...taken);
    for (const { alert, error } of failed) {
      if (error instanceof RefusedMessageError) await deps.outbox.markRefused(name, alert.id, error.message);
    }
    failures.push(...distinct(failed).map((error) => ({ route: name, error })));
    if (failed.some(({ error }) => !(error instanceof RefusedMessageError))) break;
  }
  return { delivered, failures };
}

/** Sends until it is taken, refused, or has failed too often. Only our own errors are a failure of the delivery. */
async function attempt(deps: RouteDeps, delivery: Delivery): Promise<readonly Failure[]> {
  for (let attempts = 1; ; attempts++) {
    // Outside the try: a sender that lost its right must stop altogether.
    await deps.outbox.hold();
    try {
      if (deps.remainingMs() < DELIVERY_MS) throw new UnavailableError('no time was left', { retryAfterSeconds: 0 });
      return await delivery.send();
    } catch (error) {
      if (!(error instanceof MeshgraphError)) throw error;
      const delay = delayMs(error, attempts);
      const mayWait = delay <= LONGEST_WAIT_MS && deps.remainingMs() >= delay + DELIVERY_MS;
      if (!mayWait) return delivery.alerts.map((alert) => ({ alert, error }));
      await deps.wait(delay);
    }
  }
}

/** How long to wait before the next attempt; for ever where there is to be none. */
function delayMs(error: MeshgraphError, attempts: number): number {
  if (!(error instanceof UnavailableError) || attempts >= ATTEMPTS) return Number.POSITIVE_INFINITY;
  return (error.retryAfterSeconds ?? 2 ** (attempts - 1)) * 1_000;
}

const distinct = (failed: readonly Failure[]): MeshgraphError[] => [...new Set(failed.map(({ error }) => error))];
