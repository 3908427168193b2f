import { refuseDuplicates } from '../../shared/gate/refuse-duplicates.ts';
import { type MeshState, meshState } from '../../shared/linkerd/explain/mesh-state.ts';
import type { Io } from '../io.ts';
import { readManifests } from '../manifests/read-manifests.ts';

const DEFAULTS =
  'ConfigMap linkerd-config is not among the manifests: trust domain, networks and default policy are those of Linkerd’s chart';

/** The mesh that rendered manifests describe. Throws what reading them throws, and for an object that is there twice. */
export async function readManifestState(io: Pick<Io, 'cwd' | 'stdin'>, path: string): Promise<MeshState> {
  const manifests = await readManifests(io, [path]);
  refuseDuplicates(manifests);
  const objects = manifests.map(({ object }) => object);
  const configured = objects.some(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'linkerd-config');
  const notes = configured ? [] : [DEFAULTS];
  return meshState({ objects, options: { trustStatus: false }, notes, source: 'this set of manifests' });
}
