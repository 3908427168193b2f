import type { AuthorizationRef } from './authorization.ts';
import type { RateLimit } from './rate-limit.ts';
import type { RouteRef } from './route.ts';

export type Outcome = 'allowed' | 'audited' | 'denied' | 'broken' | 'rate-limited' | 'not-enforced' | 'unknown';

/** What the caller sees when it does not get through: an HTTP status (gRPC: 7 for 403, 5 for 404), or a closed connection. */
export type Status = 400 | 403 | 404 | 429 | 502 | 'closed' | null;

/** A requirement a call does not meet, in words a person acts on. */
export type Failure = {
  readonly authorization: AuthorizationRef;
  readonly clause: 'identity' | 'network' | 'reference';
  readonly message: string;
};

/** The answer to "may this call pass, and by which policy?". Plain data with stable names. */
export type Verdict = {
  readonly verdict: Outcome;
  readonly status: Status;
  /** One sentence. */
  readonly reason: string;
  readonly server: ServerChoice | null;
  readonly route: RouteRef | null;
  /** All that match, in no order: the proxy counts the call under any one of them (reference 3.6). */
  readonly authorizations: readonly AuthorizationRef[];
  /** Of those that do not match, every clause that fails. */
  readonly failed: readonly Failure[];
  readonly rateLimits: readonly RateLimit[];
  /** The facts a verdict `unknown` lacks. */
  readonly missing: readonly string[];
  /** What else one should know: what changes when the pod is created again, what is ignored, what was assumed. */
  readonly notes: readonly string[];
};

export type ServerChoice = {
  readonly kind: 'Server' | 'EgressNetwork' | 'default';
  readonly namespace: string;
  /** For `default` the mode: `deny`, `all-unauthenticated`... */
  readonly name: string;
  readonly reason: string;
};

const NOTHING: Omit<Verdict, 'verdict' | 'reason'> = {
  status: null,
  server: null,
  route: null,
  authorizations: [],
  failed: [],
  rateLimits: [],
  missing: [],
  notes: [],
};

export const verdictOf = (verdict: Outcome, reason: string, more: Partial<Verdict> = {}): Verdict => ({
  ...NOTHING,
  ...more,
  verdict,
  reason,
});
