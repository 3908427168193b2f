import { type Alert, alertDocument } from '../../domain/alerts/alert.ts';
import type { Graph } from '../connection.ts';
import { DEFAULT_LEASE, type Fence, type LeaseOptions, withLease } from '../lease.ts';
import markDelivered from './mark-delivered.cypher';
import markDone from './mark-done.cypher';
import markRefused from './mark-refused.cypher';
import pending from './pending.cypher';

/** An alert some route has still to be told of. `refusedBy` are routes that would not take it when last asked. */
export type PendingAlert = {
  readonly alert: Alert;
  readonly first: boolean;
  readonly deliveredTo: readonly string[];
  readonly refusedBy: readonly string[];
};

/**
 * The alerts of one cluster that wait, for the one sender it has. Every call holds on to that right, and throws
 * `LeaseLostError` when it passed to another: then nothing may be sent any more.
 */
export type Outbox = {
  /** At most `limit`, and so many that they fit into memory, oldest first. */
  readonly readPending: (limit: number) => Promise<PendingAlert[]>;
  /** Says that we are still at it. Before each message, so that a sender that slept too long does not send. */
  readonly hold: () => Promise<void>;
  readonly markDelivered: (route: string, keys: readonly string[]) => Promise<void>;
  readonly markRefused: (route: string, key: string, reason: string) => Promise<void>;
  /** Nothing is left to tell of these. */
  readonly markDone: (keys: readonly string[], now: number) => Promise<void>;
};

/** A sender gone without a word holds the others up for a minute. They are not kept waiting: their message comes again. */
export const SENDER_LEASE: LeaseOptions = {
  ttlMs: 60_000,
  wait: { ...DEFAULT_LEASE.wait, limitMs: 1_000 },
};

/**
 * Does the work as the only sender of a cluster's alerts; of two messages that ask for the same, one waits or comes
 * again. Throws `UnavailableError` when another sender is at work.
 */
export function withOutbox<Result>(
  graph: Graph,
  cluster: string,
  work: (outbox: Outbox) => Promise<Result>,
  lease: LeaseOptions = SENDER_LEASE,
): Promise<Result> {
  return withLease(graph, cluster, (fence) => work(outboxOf(fence, cluster)), { ...lease, label: 'Outbox' });
}

/** Characters of all documents read at once: a small Lambda holds them, and everything made of them. */
const LONGEST = 32_000_000;

type Row = { readonly document: string; readonly first: boolean; readonly deliveredTo: string[]; refusals: string[] };

function outboxOf({ transaction }: Fence, cluster: string): Outbox {
  const run = (query: string, parameters: Readonly<Record<string, unknown>>) =>
    transaction(async (tx) => {
      await tx.run(query, parameters);
    });
  return {
    readPending: async (limit) =>
      (await transaction((tx) => tx.run<Row>(pending, { cluster, limit, length: LONGEST }))).map(pendingOf),
    hold: () => transaction(async () => {}),
    markDelivered: (route, keys) => run(markDelivered, { route, keys }),
    markRefused: (route, key, reason) => run(markRefused, { route, key, reason }),
    markDone: (keys, now) => run(markDone, { keys, now }),
  };
}

const pendingOf = ({ document, first, deliveredTo, refusals }: Row): PendingAlert => ({
  alert: alertDocument.parse(JSON.parse(document)),
  first,
  deliveredTo,
  refusedBy: refusals.map((refusal) => refusal.slice(0, refusal.indexOf(':'))),
});
