import type { MeshSettings } from '../linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../linkerd/policy/policy-object.ts';
import type { Edge } from '../questions/edges/merge.ts';

export const BASELINE_SCHEMA = 'meshgraph.baseline/v1';

/**
 * A mesh before a change: all that decides over calls, who holds which powers, and which calls were seen. The same from a
 * graph, a bundle or a file of `meshgraph export --baseline`. Instants are epoch milliseconds.
 */
export type Baseline = {
  readonly schema: typeof BASELINE_SCHEMA;
  readonly cluster: string;
  /** The instant the objects speak of: the newest scan of the cluster. */
  readonly at: number;
  readonly settings: MeshSettings;
  /**
   * Pods, Namespaces, Services, ServiceAccounts, ExternalWorkloads, Linkerd policy, routes, RBAC, and workloads with their
   * templates where the source has them (the graph has none: what runs is told by the pods).
   */
  readonly objects: readonly PolicyObject[];
  /** Every workload known, with what the entity model reads. `labels` and `annotations` as `name=value`. */
  readonly workloads: readonly BaselineWorkload[];
  readonly traffic: SeenTraffic;
  /** Kinds that could not be read whole: nothing can be judged without them. */
  readonly unread: readonly string[];
  /** What to know of the source, one sentence each. */
  readonly notes: readonly string[];
};

export type BaselineWorkload = {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
};

/** Calls seen in `[since, at)`, both layers merged (shared/questions/edges). */
export type SeenTraffic = {
  readonly since: number;
  readonly at: number;
  /** Part of the period that windows cover; 0 = none was read. */
  readonly coveredMs: number;
  readonly partialWindows: number;
  /** End of the newest window; null = there is none. */
  readonly newest: number | null;
  readonly edges: readonly Edge[];
};
