import type { Network } from './network.ts';

/** What a client must prove: nothing, a mesh certificate, or one of the identities (patterns). */
export type Authentication =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'mesh-tls' }
  | { readonly kind: 'identities'; readonly patterns: readonly string[] };

export type AuthorizationRef = {
  /** `default` for those Linkerd makes itself: a default policy's mode (`audit` among them) or `probe`. */
  readonly kind: 'AuthorizationPolicy' | 'ServerAuthorization' | 'default';
  readonly namespace: string;
  readonly name: string;
};

/** One way in: the client's address is in a network AND it proves what is asked (reference 3.4). */
export type Authorization = {
  readonly ref: AuthorizationRef;
  readonly networks: readonly Network[];
  readonly authentication: Authentication;
};

/** A policy Linkerd ignores whole, and why. */
export type VoidAuthorization = { readonly ref: AuthorizationRef; readonly reason: string };

/** What guards a Server or a route. */
export type Authorizations = {
  readonly valid: readonly Authorization[];
  readonly void: readonly VoidAuthorization[];
};

export const NOBODY: Authorizations = { valid: [], void: [] };

/** The default authorization of this name admits everyone, so that what would be denied is only noted. */
export const isAudit = ({ kind, name }: AuthorizationRef): boolean => kind === 'default' && name === 'audit';
