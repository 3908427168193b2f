import { UnavailableError } from '../../shared/domain/errors.ts';
import type { TrafficObservation } from '../../shared/domain/observation.ts';
import { type PodOwners, resolvePods, unownedPods } from '../../shared/domain/resolve-pods.ts';

export type Deps = {
  /** The readings of the cluster, newest first, from the newest of all to those of before the window. */
  readonly readings: (cluster: string, window: { from: number; to: number }) => Promise<readonly ClusterReading[]>;
  readonly now: () => number;
};

/** One reading of a cluster's objects; `owners` opens it. */
export type ClusterReading = { readonly at: number; readonly owners: () => Promise<PodOwners> };

/** Opening one may take seconds for a large cluster; a pod that none of so many knows, no other will. */
const MOST_READINGS = 4;

/** The objects are read at the same time as the traffic: so long a window waits for those that know its pods. */
const PATIENCE_MS = 60_000;
const COME_BACK_SECONDS = 20;

/**
 * Names the workloads of pods that Prometheus named only as pods, by what readings of the cluster tell: the newest one,
 * else those about the window, where pods now gone still were. Whom none knows stays a pod. Throws UnavailableError while
 * a reading that knows more is to be expected.
 */
export async function namePods(
  { readings, now }: Deps,
  observation: TrafficObservation,
  requestedAt: number,
): Promise<TrafficObservation> {
  const pods = unownedPods(observation).map(({ namespace, name }) => `${namespace}/${name}`);
  if (pods.length === 0) return observation;
  const owners: PodOwners = new Map();
  const unknown = new Set(pods);
  const found = (await readings(observation.cluster, observation.window)).slice(0, MOST_READINGS);
  for (const reading of found) {
    if (unknown.size === 0) break;
    const told = await reading.owners();
    for (const pod of unknown) {
      const owner = told.get(pod);
      if (owner === undefined) continue;
      owners.set(pod, owner);
      unknown.delete(pod);
    }
  }
  const seen = found.some(({ at }) => at >= observation.window.to);
  if (unknown.size > 0 && !seen && now() - requestedAt < PATIENCE_MS) {
    throw new UnavailableError(
      `${unknown.size} pods of the window are in no reading of the cluster yet: the next one may know them`,
      { retryAfterSeconds: COME_BACK_SECONDS },
    );
  }
  return resolvePods(observation, (namespace, pod) => owners.get(`${namespace}/${pod}`));
}
