import type { Configuration } from '../domain/configuration.ts';
import { type ClusterOf, deployedClusters } from './deployed-clusters.ts';
import { loadDeployedConfiguration } from './deployed-configuration.ts';
import { keptReadings } from './kept-readings.ts';
import { type ObservationDelivery, observationDelivery } from './observation-delivery.ts';

export type DeployedReader = Omit<ObservationDelivery, 'store'> &
  ObservationDelivery['store'] &
  Pick<Configuration, 'scan' | 'entityModel'> & {
    readonly clusterOf: ClusterOf;
    readonly readings: ReturnType<typeof keptReadings>;
  };

/** What a reader that a queue feeds works with. It knows its clusters' sources, the bucket and the writer's queue. */
export async function openDeployedReader(place: {
  readonly OBSERVATIONS_BUCKET: string;
  readonly OBSERVATIONS_QUEUE_URL: string;
}): Promise<DeployedReader> {
  const configuration = await loadDeployedConfiguration();
  const { store, ...delivery } = observationDelivery(place.OBSERVATIONS_BUCKET, place.OBSERVATIONS_QUEUE_URL);
  return {
    ...store,
    ...delivery,
    scan: configuration.scan,
    entityModel: configuration.entityModel,
    clusterOf: deployedClusters(configuration),
    readings: keptReadings(store),
  };
}
