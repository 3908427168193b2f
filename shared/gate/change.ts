import type { PolicyObject } from '../linkerd/policy/policy-object.ts';

/** An object of the change and where it is written. */
export type Placed = {
  readonly object: PolicyObject;
  readonly file: string;
  /** Where its document begins, from 1. */
  readonly line: number;
  /** The line of a field, written like `spec.rules[0].path`, or of the nearest one above it that is written. */
  readonly lineOf: (field: string) => number;
};

/**
 * What somebody is about to apply. `full` = the manifests are all there is of a namespace they name or of the cluster, so
 * what they lack is deleted; `base` = the same manifests before: what only they have is deleted.
 */
export type Change = {
  readonly manifests: readonly Placed[];
  readonly base: readonly PolicyObject[];
  readonly full: 'namespaces' | 'cluster' | undefined;
  /** Where objects that name no namespace go. */
  readonly namespace: string;
};
