import type { OpenBundle } from '../../shared/domain/bundle/bundle-lines.ts';
import type { BundleRecord } from '../../shared/domain/bundle/record.ts';
import type { ClusterObservation } from '../../shared/domain/observation.ts';
import { addPodOwners, type PodOwners } from '../../shared/domain/resolve-pods.ts';
import type { BaselineWorkload } from '../../shared/gate/baseline.ts';
import { type IdentityOwners, identityOwners } from '../../shared/gate/traffic/identity-owners.ts';
import { bundleObjects, type SnapshotObjects } from '../pipeline/bundle-objects.ts';
import { type BundleReading, bundleSnapshots } from '../pipeline/bundle-observations.ts';

/** By key of the graph. */
export type Workloads = Map<string, BaselineWorkload>;
export type BundleSnapshots = {
  /** The newest up to the instant asked for. */
  readonly snapshot: SnapshotObjects;
  readonly owners: IdentityOwners;
  readonly pods: PodOwners;
  /** Those of every snapshot up to then, as the last of them told. */
  readonly workloads: Workloads;
};

/** Kinds without which a change can be judged all the same. */
const BESIDE = /^(serviceprofiles|links|httplocalratelimitpolicies)\./;

/**
 * All that the snapshots of a bundle tell of objects, read to its end. Who owns a pod or carries an identity is told by later
 * ones too, as in a graph. Throws NotFoundError where there is none up to `until` (epoch milliseconds).
 */
export async function readBundleSnapshots(
  bundle: OpenBundle,
  reading: BundleReading,
  until: number,
  shown: string,
): Promise<BundleSnapshots> {
  const objects = bundleObjects(until, BESIDE);
  const [owners, pods, workloads] = [identityOwners(), new Map() as PodOwners, new Map() as Workloads];
  const next = async (): Promise<BundleRecord | undefined> => {
    const record = await bundle.next();
    if (record !== undefined) objects.see(record);
    return record;
  };
  for await (const observation of bundleSnapshots({ ...bundle, next }, reading)) {
    addPodOwners(pods, observation);
    owners.add(observation);
    if (observation.at <= until) addWorkloads(workloads, observation);
  }
  return { snapshot: objects.newest(shown, bundle.header.recordedAt), owners, pods, workloads };
}

function addWorkloads(workloads: Workloads, { entities }: ClusterObservation): void {
  for (const { label, key, props } of entities) {
    if (label !== 'Workload') continue;
    workloads.set(key, {
      namespace: String(props.namespace),
      kind: String(props.kind),
      name: String(props.name),
      labels: (props.labels ?? []) as string[],
      annotations: (props.annotations ?? []) as string[],
    });
  }
}
