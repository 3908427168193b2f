import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '../shared/kubernetes/kubernetes-object.ts';
import type { ClusterLister, Discovery } from '../shared/kubernetes/lister.ts';
import { RESOURCES, type ResourceId } from '../shared/kubernetes/resources.ts';

export type RecordedList = { items: KubernetesObject[]; metadata: { resourceVersion: string } };

/** A recording among the fixtures, or the absolute path of one elsewhere. */
export type Recording = 'final' | 'large' | `/${string}`;

/** Recorded answers of one cluster by file name (`apps_v1_deployments`), each call a fresh copy. */
export function recordedAnswers(recording: Recording): Map<string, RecordedList> {
  const folder = resolve(import.meta.dirname, 'fixtures/kubernetes', recording);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json.gz'));
  return new Map(
    files.map((file) => [
      file.replace('.json.gz', ''),
      JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString('utf8')),
    ]),
  );
}

/** The items of one recorded list, `[]` where nothing was recorded. */
export function recordedItems(recording: 'final' | 'large', name: string): KubernetesObject[] {
  return recordedAnswers(recording).get(name)?.items ?? [];
}

/** A lister on recorded answers without HTTP; `change` may take an object away or alter it before it is listed. */
export function recordedLister(
  recording: 'final' | 'large',
  change: (id: ResourceId, items: KubernetesObject[]) => KubernetesObject[] = (_, items) => items,
): ClusterLister {
  const answers = recordedAnswers(recording);
  const resources = Object.fromEntries(
    RESOURCES.map(({ id, group, plural, versions }) => {
      const version = versions.find((v) => answers.has(`${group ? `${group}_` : ''}${v}_${plural}`));
      const apiVersion = group ? `${group}/${version}` : `${version}`;
      return [id, version ? { status: 'served', apiVersion } : { status: 'absent' }];
    }),
  );
  return {
    discover: async () => ({ kubernetesVersion: 'v1.36.3', resources }) as Discovery,
    async *list({ id, plural }, apiVersion) {
      const list = answers.get(`${apiVersion.replace('/', '_')}_${plural}`);
      yield { items: change(id, list?.items ?? []), resourceVersion: list?.metadata.resourceVersion ?? '' };
    },
    getConfigMap: async (namespace, name) =>
      answers.get('v1_configmaps')?.items.find((o) => o.metadata.namespace === namespace && o.metadata.name === name),
  };
}
