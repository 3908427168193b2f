import type { EntityModel } from '../../shared/domain/entity-model.ts';
import type { ClusterScanRequest } from '../../shared/domain/messages/scan-request.ts';
import type { ClusterObservation } from '../../shared/domain/observation.ts';
import { type Deps as ReadDeps, readCluster } from './read-cluster.ts';

export type Deps = ReadDeps & {
  /** Keys of the readings made at an instant or later, oldest first. */
  readonly keysSince: (cluster: string, source: 'cluster', instant: number) => Promise<readonly string[]>;
  /** Keeps it and tells the writer. */
  readonly deliver: (observation: ClusterObservation) => Promise<void>;
  /** Tells the writer of one that is kept. */
  readonly announce: (key: string) => Promise<void>;
};

/** `known` = the cluster was read since it was asked for. */
export type Scanned = 'read' | 'known';

/**
 * Answers the request for a cluster's objects. Delivered twice it reads once; where the first delivery was cut off between
 * keeping and telling, the writer is told now.
 */
export async function scanObjects(
  deps: Deps,
  entityModel: EntityModel,
  { cluster, requestedAt }: ClusterScanRequest,
): Promise<Scanned> {
  const [kept] = await deps.keysSince(cluster, 'cluster', requestedAt);
  if (kept !== undefined) {
    await deps.announce(kept);
    return 'known';
  }
  await deps.deliver(await readCluster(deps, { cluster, entityModel }));
  return 'read';
}
