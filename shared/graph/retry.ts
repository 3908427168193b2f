/** How long and how patiently a piece of work is tried again. The clock, the wait and the dice are the caller's. */
export type RetryPolicy = {
  /** No new attempt begins later than this after the first one. */
  readonly limitMs: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
};

/** 30 s outlast a restart of Neo4j and the move of a leader on Aura. */
export const DEFAULT_RETRY: RetryPolicy = {
  limitMs: 30_000,
  firstDelayMs: 50,
  longestDelayMs: 3_000,
  now: Date.now,
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  random: Math.random,
};

/**
 * Runs `attempt` until it succeeds, fails for good, or the time is up; then throws its last error. Delays double from the
 * first to the longest; each is drawn from the upper half of its span, so that two that collided do not collide again.
 */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  isRetryable: (error: unknown) => boolean,
  policy: RetryPolicy = DEFAULT_RETRY,
): Promise<T> {
  const deadline = policy.now() + policy.limitMs;
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const span = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** failures);
      const delay = span * (0.5 + policy.random() / 2);
      if (!isRetryable(error) || policy.now() + delay > deadline) throw error;
      await policy.sleep(delay);
    }
  }
}
