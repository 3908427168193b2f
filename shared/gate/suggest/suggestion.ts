import type { PolicyObject } from '../../linkerd/policy/policy-object.ts';

/** An object to apply, with what was seen that asks for it, in words. */
export type SuggestedObject = {
  readonly object: PolicyObject;
  readonly comment: string;
  /** Of single lines, by where they are: `['spec', 'identityRefs', 0]`. */
  readonly lines: readonly { readonly path: readonly (string | number)[]; readonly comment: string }[];
};

/** Somebody a suggestion admits, and what was seen of it. Instants are epoch milliseconds. */
export type Admitted = {
  /** `namespace/name` */
  readonly server: string;
  readonly port: number | string;
  readonly callees: readonly string[];
  /** `ServiceAccount shop/web`, an identity, or networks. */
  readonly who: string;
  readonly callers: readonly string[];
  readonly requests: number;
  readonly connections: number;
  readonly first: number;
  readonly last: number;
};

/** The least policy that admits what was seen. */
export type Suggestion = {
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly coveredMs: number;
  /** How many ports of workloads were seen to let calls in. */
  readonly ports: number;
  readonly objects: readonly SuggestedObject[];
  readonly admitted: readonly Admitted[];
  /** What nobody can know from what was seen, and what was left out, one sentence each. */
  readonly unknown: readonly string[];
};
