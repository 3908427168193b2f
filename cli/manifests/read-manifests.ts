import { InvalidInputError } from '../../shared/domain/errors.ts';
import { type Manifest, parseManifests } from '../../shared/kubernetes/manifests/parse-manifests.ts';
import type { Io } from '../io.ts';
import { readFiles } from './read-files.ts';

/**
 * The objects that rendered manifests hold: files, all below directories, `-` for stdin. Throws NotFoundError and
 * InvalidInputError, with file and line, for what is no manifest, and where there is no object at all, unless there may be none.
 */
export async function readManifests(
  io: Pick<Io, 'cwd' | 'stdin'>,
  paths: readonly string[],
  { mayBeEmpty = false } = {},
): Promise<Manifest[]> {
  const files = await readFiles(io, paths);
  const manifests = files.flatMap(({ file, text }) => parseManifests(text, file));
  if (manifests.length > 0 || mayBeEmpty) return manifests;
  throw new InvalidInputError(
    `there is no Kubernetes object in ${paths.map((path) => (path === '-' ? 'stdin' : path)).join(', ')}: give rendered manifests (.yaml, .yml, .json)`,
  );
}
