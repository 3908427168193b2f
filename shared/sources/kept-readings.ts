import type { ObservationStore } from '../adapters/observation-store.ts';
import { instantOfKey } from '../domain/observation-key.ts';
import { addPodOwners, type PodOwners } from '../domain/resolve-pods.ts';
import type { Window } from '../domain/window.ts';

/** A reading of a cluster's objects in the bucket, opened when somebody asks for its pods' owners. */
export type KeptReading = { readonly at: number; readonly owners: () => Promise<PodOwners> };

/** How far before a window readings are of use: a pod that was gone by then made no traffic in it. */
const BEFORE_MS = 3_600_000;

/** So many readings' owners stay in memory. */
const KEPT = 8;

/**
 * The readings that may know the pods of a window: the newest of all, then those from the one after the window backwards.
 * What was opened is kept between invocations.
 */
export function keptReadings(store: Pick<ObservationStore, 'keysSince' | 'clusterAt'>) {
  const opened = new Map<string, Promise<PodOwners>>();
  const open = (key: string): Promise<PodOwners> => {
    const known = opened.get(key);
    if (known !== undefined) return known;
    const [eldest] = opened.keys();
    if (opened.size >= KEPT && eldest !== undefined) opened.delete(eldest);
    const owners = store.clusterAt(key).then((reading) => {
      const told: PodOwners = new Map();
      addPodOwners(told, reading);
      return told;
    });
    owners.catch(() => opened.delete(key));
    opened.set(key, owners);
    return owners;
  };
  return async (cluster: string, window: Window): Promise<KeptReading[]> => {
    const keys = await store.keysSince(cluster, 'cluster', window.from - BEFORE_MS);
    const readings = keys.map((key) => ({ at: instantOfKey(key) ?? 0, owners: () => open(key) }));
    const after = readings.findIndex(({ at }) => at >= window.to);
    const about = readings.slice(0, after === -1 ? readings.length : after + 1).reverse();
    const newest = readings.at(-1);
    return newest === undefined || newest === about[0] ? about : [newest, ...about];
  };
}
