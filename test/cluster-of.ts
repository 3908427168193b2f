import type { KubernetesObject, OwnerReference } from '../shared/kubernetes/kubernetes-object.ts';
import type { ClusterLister, Discovery } from '../shared/kubernetes/lister.ts';
import { RESOURCES, type ResourceId } from '../shared/kubernetes/resources.ts';

/** A lister on objects given by kind; kinds not given are served and empty. */
export function clusterOf(
  objects: Partial<Record<ResourceId, KubernetesObject[]>>,
  configMaps: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): ClusterLister {
  const served = RESOURCES.map(({ id, group, versions: [version] }) => [
    id,
    { status: 'served', apiVersion: group ? `${group}/${version}` : version },
  ]);
  return {
    discover: async () => ({ kubernetesVersion: 'v1.36.3', resources: Object.fromEntries(served) }) as Discovery,
    async *list({ id }) {
      yield { items: objects[id] ?? [], resourceVersion: '1' };
    },
    getConfigMap: async (namespace, name) =>
      configMaps[name] && { metadata: { namespace, name }, data: configMaps[name] },
  };
}

export function namespace(name: string, annotations = {}, labels = {}): KubernetesObject {
  return { metadata: { name, annotations, labels } };
}

/** A running pod of namespace `shop`; `owners` as "apps/v1 ReplicaSet web-1". */
export function pod(
  name: string,
  owners: string[] = [],
  fields: { labels?: object; spec?: object; phase?: string } = {},
) {
  return {
    metadata: { namespace: 'shop', name, labels: { ...fields.labels }, ownerReferences: owners.map(ownerReference) },
    spec: { containers: [{ name: 'app', image: 'app:1' }], ...fields.spec },
    status: { phase: fields.phase ?? 'Running' },
  } satisfies KubernetesObject;
}

/** An object of namespace `shop`. */
export function object(name: string, spec: object = {}, owners: string[] = [], labels = {}): KubernetesObject {
  return { metadata: { namespace: 'shop', name, labels, ownerReferences: owners.map(ownerReference) }, spec };
}

function ownerReference(text: string): OwnerReference {
  const [apiVersion = '', kind = '', name = ''] = text.split(' ');
  return { apiVersion, kind, name };
}
