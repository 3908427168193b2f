import type { MeshState } from '../../shared/linkerd/explain/mesh-state.ts';
import type { Traffic } from '../../shared/linkerd/explain/observed.ts';
import type { End } from '../../shared/linkerd/explain/resolve-end.ts';

/** Where a mesh was read: the cluster and instant it speaks of, where there is one, and how to read what arrived. */
export type Origin = {
  readonly state: MeshState;
  readonly cluster: string | null;
  readonly at: number | null;
  readonly readTraffic?: (to: End) => Promise<Traffic>;
};
