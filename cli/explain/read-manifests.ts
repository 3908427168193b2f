import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InvalidInputError, NotFoundError } from '../../shared/domain/errors.ts';
import { type Manifest, parseManifests } from '../../shared/kubernetes/manifests/parse-manifests.ts';
import { type MeshState, meshState } from '../../shared/linkerd/explain/mesh-state.ts';
import { groupKind, namespaceOf } from '../../shared/linkerd/policy/policy-object.ts';

const MANIFEST = /\.(ya?ml|json)$/;
const DEFAULTS =
  'ConfigMap linkerd-config is not among the manifests: trust domain, networks and default policy are those of Linkerd’s chart';

/**
 * The mesh that rendered manifests describe: a file, or every .yaml, .yml and .json below a directory. Throws NotFoundError
 * for what is not there, InvalidInputError, with file and line, for what is no manifest or is there twice.
 */
export async function readManifests(path: string, cwd: string): Promise<MeshState> {
  const manifests: Manifest[] = [];
  const shown = (file: string): string => relative(cwd, file) || file;
  for (const file of await filesOf(path)) manifests.push(...parseManifests(await readFile(file, 'utf8'), shown(file)));
  if (manifests.length === 0) {
    throw new InvalidInputError(
      `there is no Kubernetes object in ${shown(path)}: give rendered manifests (.yaml, .yml, .json)`,
    );
  }
  refuseDuplicates(manifests);
  const objects = manifests.map(({ object }) => object);
  const configured = objects.some(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'linkerd-config');
  const notes = configured ? [] : [DEFAULTS];
  return meshState({ objects, options: { trustStatus: false }, notes, source: 'this set of manifests' });
}

async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch((cause) => {
    throw new NotFoundError(`there is no file or directory ${path}`, { cause });
  });
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => MANIFEST.test(name))
    .sort()
    .map((name) => join(path, name));
}

function refuseDuplicates(manifests: readonly Manifest[]): void {
  const seen = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const { object, file, line } = manifest;
    const name = `${namespaceOf(object)}/${object.metadata.name}`;
    const key = `${groupKind(object)}/${name}`;
    const other = seen.get(key);
    if (other)
      throw new InvalidInputError(
        `${file}:${line}: ${object.kind} ${name} is also at ${other.file}:${other.line}: which one counts?`,
      );
    seen.set(key, manifest);
  }
}
