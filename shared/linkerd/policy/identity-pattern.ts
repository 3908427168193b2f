/**
 * Whether a client's identity satisfies a pattern (reference 3.4, 0.8): `*` is any DNS identity, `*.suffix` a DNS identity
 * below the suffix, and all else is exact. A SPIFFE URI is matched exactly only.
 */
export function matchesIdentity(pattern: string, identity: string): boolean {
  if (pattern === identity) return true;
  if (isSpiffe(identity)) return false;
  return pattern === '*' || (pattern.startsWith('*.') && identity.endsWith(pattern.slice(1)));
}

export const isSpiffe = (identity: string): boolean => identity.startsWith('spiffe://');

/** What admission takes as an identity (oracle 14): `*`, `*.suffix`, a lower-case DNS name, or a SPIFFE id. */
export const DNS_IDENTITY = /^(\*|[a-z0-9]([-a-z0-9]*[a-z0-9])?)(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const SPIFFE_ID = /^spiffe:\/\/([a-z0-9._-]+)((\/[A-Za-z0-9._-]+)*)$/;

/** Why a string cannot be an identity in a MeshTLSAuthentication; undefined when it can. */
export function invalidIdentity(identity: string): string | undefined {
  if (!isSpiffe(identity)) {
    return DNS_IDENTITY.test(identity)
      ? undefined
      : 'expected `*`, `*.suffix`, a lower-case DNS name without a final dot, or a SPIFFE id';
  }
  const path = SPIFFE_ID.exec(identity)?.[2];
  if (path === undefined) {
    return 'expected spiffe://TRUST-DOMAIN/PATH with a trust domain of lower-case letters, digits, dots, dashes and underscores';
  }
  return /\/\.{1,2}(\/|$)/.test(path) ? 'a SPIFFE path has no `.` or `..` segments' : undefined;
}
