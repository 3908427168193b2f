import { InvalidInputError } from '../../shared/domain/errors.ts';
import { type Manifest, parseManifests } from '../../shared/kubernetes/manifests/parse-manifests.ts';
import type { Io } from '../io.ts';
import { type ManifestFile, readFiles } from './read-files.ts';

/** The objects that rendered manifests hold: files, all below directories, `-` for stdin. Throws what reading them throws. */
export async function readManifests(io: Pick<Io, 'cwd' | 'stdin'>, paths: readonly string[]): Promise<Manifest[]> {
  return objectsIn(await readFiles(io, paths), paths);
}

/**
 * The objects in the files that were read of `paths`. Throws InvalidInputError, with file and line, for what is no
 * manifest, and where there is no object at all, unless there may be none.
 */
export function objectsIn(
  files: readonly ManifestFile[],
  paths: readonly string[],
  { mayBeEmpty = false } = {},
): Manifest[] {
  const manifests = files.flatMap(({ file, text }) => parseManifests(text, file));
  if (manifests.length > 0 || mayBeEmpty) return manifests;
  throw new InvalidInputError(
    `there is no Kubernetes object in ${paths.map((path) => (path === '-' ? 'stdin' : path)).join(', ')}: give rendered manifests (.yaml, .yml, .json)`,
  );
}
