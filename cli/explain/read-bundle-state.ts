import { openBundle } from '../../shared/adapters/bundle-file.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { type MeshState, meshState } from '../../shared/linkerd/explain/mesh-state.ts';
import { bundleObjects } from '../pipeline/bundle-objects.ts';

export type BundleState = MeshState & { readonly cluster: string; readonly at: number };

/** Kinds that say nothing of who may call whom. */
const BESIDE = /^(serviceaccounts|.*roles|.*rolebindings|serviceprofiles|links|httplocalratelimitpolicies)(\.|$)/;

/** The newest snapshot of a bundle up to `until` (epoch milliseconds). Throws NotFoundError where there is none. */
export async function readBundleState(
  path: string,
  shown: string,
  cluster?: string,
  until = Number.POSITIVE_INFINITY,
): Promise<BundleState> {
  const { header, next } = await openBundle(path, shown);
  if (cluster !== undefined && cluster !== header.cluster) {
    throw new InvalidInputError(`${shown} is of cluster ${header.cluster}, not ${cluster}`);
  }
  const reading = bundleObjects(until, BESIDE);
  for (let record = await next(); record !== undefined; record = await next()) reading.see(record);
  const { at, objects, config, unread } = reading.newest(shown, header.recordedAt);
  const state = meshState({ objects: config ? [...objects, config] : objects, unread, source: 'this bundle' });
  return { ...state, cluster: header.cluster, at };
}
