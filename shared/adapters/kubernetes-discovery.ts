import { MeshgraphError } from '../domain/errors.ts';
import { CredentialsRefusedError, type Discovery, type Served } from '../kubernetes/lister.ts';
import { type KnownResource, RESOURCES } from '../kubernetes/resources.ts';
import type { KubernetesGet } from './kubernetes-get.ts';

type Groups = {
  readonly groups?: readonly { readonly name: string; readonly versions: readonly { readonly version: string }[] }[];
};
type Resources = { readonly resources?: readonly { readonly name: string }[] };

/** What each group/version serves by plural name, or why nobody can say. */
type ServedNames = ReadonlySet<string> | MeshgraphError;

/** For each kind the newest version that is served and known. */
export async function discover(get: KubernetesGet): Promise<Discovery> {
  const version = (await get('/version')) as { readonly gitVersion?: string };
  const core = (await get('/api')) as { readonly versions?: readonly string[] };
  const groups = (await get('/apis')) as Groups;
  const versionsOf = new Map((groups.groups ?? []).map(({ name, versions }) => [name, versions.map((v) => v.version)]));
  versionsOf.set('', [...(core.versions ?? [])]);

  const asked = new Map<string, Promise<ServedNames>>();
  const namesOf = (group: string, apiVersion: string) => {
    const path = `${group === '' ? '/api' : '/apis'}/${apiVersion}`;
    const answer = asked.get(path) ?? servedNames(get, path);
    asked.set(path, answer);
    return answer;
  };
  const resources: Record<string, Served> = {};
  for (const resource of RESOURCES) resources[resource.id] = await choose(resource, versionsOf, namesOf);
  return { kubernetesVersion: version.gitVersion ?? 'unknown', resources: resources as Discovery['resources'] };
}

/** A version too new for us is not an absent kind: there are objects, and we would not understand them. */
async function choose(
  resource: KnownResource,
  versionsOf: ReadonlyMap<string, readonly string[]>,
  namesOf: (group: string, apiVersion: string) => Promise<ServedNames>,
): Promise<Served> {
  const { group, plural, versions: known } = resource;
  const served = versionsOf.get(group) ?? [];
  const strange: string[] = [];
  for (const version of [...known, ...served.filter((v) => !known.includes(v))]) {
    if (!served.includes(version)) continue;
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const names = await namesOf(group, apiVersion);
    if (names instanceof MeshgraphError) return { status: 'unknown', message: names.message };
    if (!names.has(plural)) continue;
    if (known.includes(version)) return { status: 'served', apiVersion };
    strange.push(apiVersion);
  }
  if (strange.length === 0) return { status: 'absent' };
  const message = `the server has ${plural} only as ${strange.join(', ')}; meshgraph knows ${known.join(', ')}`;
  return { status: 'unknown', message };
}

async function servedNames(get: KubernetesGet, path: string): Promise<ServedNames> {
  try {
    const answer = (await get(path)) as Resources;
    return new Set((answer.resources ?? []).map(({ name }) => name));
  } catch (error) {
    if (error instanceof CredentialsRefusedError || !(error instanceof MeshgraphError)) throw error;
    return error;
  }
}
