import { randomUUID } from 'node:crypto';
import { UnavailableError } from '../domain/errors.ts';
import type { Graph, Transaction } from './connection.ts';
import hold from './lease/hold.cypher';
import release from './lease/release.cypher';
import take from './lease/take.cypher';
import { DEFAULT_RETRY, type RetryPolicy, withRetry } from './retry.ts';

/** The right to write one cluster's part of the graph. All writes of a cluster go through its `transaction`. */
export type Fence = {
  readonly cluster: string;
  /**
   * Runs `work` in one transaction that commits only while the lease is still ours, and commits exactly once: where the
   * answer to a commit was lost, the retry finds the mark of the first attempt and does not write again. Transactions
   * of one fence run one after another. Throws `LeaseLostError` when somebody else holds the lease now.
   */
  readonly transaction: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
};

/** Another writer took the cluster over while we paused for longer than the lease lasts; what we began, it will finish. */
export class LeaseLostError extends UnavailableError {
  override readonly name: string = 'LeaseLostError';
}

class LeaseHeldError extends UnavailableError {
  override readonly name: string = 'LeaseHeldError';
}

export type LeaseOptions = {
  /** How long a holder that gives no sign of life keeps the lease; every transaction renews it. By the server's clock. */
  readonly ttlMs: number;
  /** How long and how often to ask for a lease that somebody else holds. */
  readonly wait: RetryPolicy;
  /** Which right it is: to write the cluster's part of the graph, or to send the alerts of its outbox. */
  readonly label?: 'Lease' | 'Outbox';
};

/** A writer killed in the middle holds the others up for 30 s at most, so they are ready to wait for 90. */
export const DEFAULT_LEASE: LeaseOptions = {
  ttlMs: 30_000,
  wait: { ...DEFAULT_RETRY, limitMs: 90_000, longestDelayMs: 1_000 },
};

/**
 * Takes the cluster's lease, does the work, and gives the lease back however the work ends. One writer a cluster: a
 * second one waits, and throws `UnavailableError` when the first is not done within `options.wait.limitMs`.
 */
export async function withLease<T>(
  graph: Graph,
  cluster: string,
  work: (fence: Fence) => Promise<T>,
  options: LeaseOptions = DEFAULT_LEASE,
): Promise<T> {
  const { ttlMs, label = 'Lease' } = options;
  const right = { cluster, token: randomUUID(), ttl: ttlMs };
  const of = (query: string): string => query.replaceAll(':Lease', `:${label}`);
  await withRetry(
    () => takeLease(graph, of(take), right),
    (error) => error instanceof LeaseHeldError,
    options.wait,
  );
  try {
    return await work(fenceOf(graph, of(hold), right));
  } finally {
    // A lease that cannot be given back runs out by itself; the work's own error is the one to tell.
    await graph.write(of(release), right).catch(() => undefined);
  }
}

type Right = { readonly cluster: string; readonly token: string; readonly ttl: number };

async function takeLease(graph: Graph, query: string, right: Right): Promise<void> {
  const rows = await graph.write(query, right);
  if (rows.length === 0) {
    throw new LeaseHeldError(
      `another writer is at work on cluster ${right.cluster}: wait for it to end; if it was killed, its lease runs out soon`,
    );
  }
}

function fenceOf(graph: Graph, query: string, right: Right): Fence {
  const { cluster, token } = right;
  let previous: Promise<unknown> = Promise.resolve();
  let count = 0;

  async function once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const mark = `${token}/${count++}`;
    let done: { readonly result: T } | undefined;
    return graph.transaction(async (tx) => {
      const [lease] = await tx.run<{ applied: boolean | null }>(query, { ...right, mark });
      if (!lease) throw new LeaseLostError(`the lease on cluster ${cluster} passed to another writer; write again`);
      if (!lease.applied || !done) done = { result: await work(tx) };
      return done.result;
    });
  }

  return {
    cluster,
    transaction: (work) => {
      const next = previous.then(() => once(work));
      previous = next.catch(() => undefined);
      return next;
    },
  };
}
