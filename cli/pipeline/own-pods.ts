import type { ObservationLog } from '../../shared/adapters/observation-log.ts';
import type { TrafficObservation } from '../../shared/domain/observation.ts';
import { addPodOwners, ownerIn, type PodOwners, resolvePods, unownedPods } from '../../shared/domain/resolve-pods.ts';
import type { GraphProjection } from './graph-projection.ts';

export type OwnPods = (observation: TrafficObservation) => Promise<TrafficObservation>;

/**
 * Names the workloads of pods that Prometheus named only as pods: by the newest reading of the cluster, else by what
 * the graph knew of pods now gone. Whom neither knows stays a pod. The reading is looked up once, when first needed.
 */
export function ownPods(
  cluster: string,
  log: Pick<ObservationLog, 'newestCluster'>,
  delivery: { readonly projection: () => Pick<GraphProjection, 'readOwners'> | undefined },
): OwnPods {
  let newest: Promise<PodOwners> | undefined;
  const newestOwners = async (): Promise<PodOwners> => {
    const owners: PodOwners = new Map();
    const reading = await log.newestCluster(cluster);
    if (reading !== undefined) addPodOwners(owners, reading);
    return owners;
  };
  return async (observation) => {
    if (unownedPods(observation).length === 0) return observation;
    newest ??= newestOwners();
    const resolved = resolvePods(observation, ownerIn(await newest));
    const unknown = unownedPods(resolved);
    const projection = delivery.projection();
    if (unknown.length === 0 || projection === undefined) return resolved;
    return resolvePods(resolved, ownerIn(await projection.readOwners(cluster, unknown)));
  };
}
