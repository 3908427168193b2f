import { type IndexOptions, indexPolicies } from '../policy/index-policies.ts';
import type { PolicyObject } from '../policy/policy-object.ts';
import type { PolicySet } from '../policy/policy-set.ts';
import { type KnownWorkload, knownWorkloads, type WorkloadName } from './known-workloads.ts';

/** A mesh as of an instant, from wherever its objects were read. */
export type MeshState = {
  readonly objects: readonly PolicyObject[];
  readonly options: IndexOptions;
  readonly policies: PolicySet;
  readonly workloads: readonly KnownWorkload[];
  /** Kinds that could not be read, so that nothing can be judged. */
  readonly unread: readonly string[];
  /** What to know about where this comes from, one sentence each. */
  readonly notes: readonly string[];
  /** How messages call the source: `the graph`, `the manifests`. */
  readonly source: string;
};

export type StateReading = {
  readonly objects: readonly PolicyObject[];
  readonly options?: IndexOptions;
  readonly named?: readonly WorkloadName[];
  readonly unread?: readonly string[];
  readonly notes?: readonly string[];
  readonly source: string;
};

export function meshState({ objects, options = {}, named, unread = [], notes = [], source }: StateReading): MeshState {
  const policies = indexPolicies(objects, options);
  return { objects, options, policies, workloads: knownWorkloads(objects, policies, named), unread, notes, source };
}
