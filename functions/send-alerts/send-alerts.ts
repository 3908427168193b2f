import type { Alert } from '../../shared/domain/alerts/alert.ts';
import type { Channel, WaitingAlert } from '../../shared/domain/alerts/channel.ts';
import { fitsRoute, type RouteFilter } from '../../shared/domain/alerts/fits-route.ts';
import { UnavailableError } from '../../shared/domain/errors.ts';
import type { AlertRequest } from '../../shared/domain/messages/alert-request.ts';
import { failureOf } from './failure-of.ts';
import { sendAlongRoute } from './send-along-route.ts';

export type Route = RouteFilter & { readonly name: string; readonly channel: Channel };

export type PendingAlert = WaitingAlert & {
  readonly deliveredTo: readonly string[];
  readonly refusedBy: readonly string[];
};

/** The alerts of one cluster that wait, for its only sender (shared/graph/outbox). Every call fails once it is not ours. */
export type Outbox = {
  readonly readPending: (limit: number) => Promise<readonly PendingAlert[]>;
  readonly hold: () => Promise<void>;
  readonly markDelivered: (route: string, keys: readonly string[]) => Promise<void>;
  readonly markRefused: (route: string, key: string, reason: string) => Promise<void>;
  readonly markDone: (keys: readonly string[], now: number) => Promise<void>;
};

export type SendAlertsDeps = {
  readonly routes: readonly Route[];
  readonly withOutbox: <Result>(cluster: string, work: (outbox: Outbox) => Promise<Result>) => Promise<Result>;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Until the run must stop. */
  readonly remainingMs: () => number;
  /** Counts what routes took, and what failed so that no retry will mend it. */
  readonly count: (name: 'AlertDelivered' | 'AlertFailed', value: number) => void;
};

/** One digest sums up what was there at the start, also in a mesh with very many findings. */
const MOST_AT_ONCE = 20_000;
/** Dead letters are kept for as long: what was not delivered by then nobody will ask for again. */
const GIVEN_UP_AFTER_MS = 14 * 86_400_000;

/**
 * Tells the changes of the evaluation asked for, and all older ones that still wait, along every route they fit. What a
 * route took is kept at once, so that asking again never tells it twice; a route that fails holds up no other. Afterwards
 * throws what failed, in words: UnavailableError where asking again may help.
 */
export async function sendAlerts(deps: SendAlertsDeps, { cluster, at }: AlertRequest): Promise<void> {
  return deps.withOutbox(cluster, async (outbox) => {
    const pending = await outbox.readPending(MOST_AT_ONCE);
    const results = await allOf(
      deps.routes.map((route) => sendAlongRoute({ ...deps, outbox }, route, waitingFor(route, pending, at))),
    );
    const delivered = results.map((result) => new Set(result.delivered));
    const done = pending.filter(
      ({ alert, deliveredTo }) =>
        alert.at < deps.now() - GIVEN_UP_AFTER_MS ||
        deps.routes.every(
          (route, index) =>
            !fitsRoute(alert, route) || deliveredTo.includes(route.name) || delivered[index]?.has(alert.id),
        ),
    );
    await outbox.markDone(done.map(idOf), deps.now());
    const failures = results.flatMap((result) => result.failures);
    deps.count(
      'AlertDelivered',
      delivered.reduce((sum, { size }) => sum + size, 0),
    );
    deps.count('AlertFailed', failures.filter(({ error }) => !(error instanceof UnavailableError)).length);
    if (failures.length > 0) throw failureOf(cluster, failures);
  });
}

/** Waits for all even where one rejects: none may go on sending when the right to send is given back. */
async function allOf<Result>(work: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** What a route would not take is tried again only when the evaluation it is of is asked for again. */
const waitingFor = (route: Route, pending: readonly PendingAlert[], at: number): WaitingAlert[] =>
  pending.filter(
    ({ alert, deliveredTo, refusedBy }) =>
      fitsRoute(alert, route) &&
      !deliveredTo.includes(route.name) &&
      (alert.at === at || !refusedBy.includes(route.name)),
  );

const idOf = ({ alert }: { readonly alert: Alert }): string => alert.id;
