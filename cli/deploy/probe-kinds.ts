import { kubernetesApi } from '../../shared/adapters/kubernetes-api.ts';
import type { KubernetesFetch } from '../../shared/adapters/kubernetes-fetch.ts';
import { MeshgraphError } from '../../shared/domain/errors.ts';
import type { ClusterLister, Discovery } from '../../shared/kubernetes/lister.ts';
import { CONFIG_MAPS, type KindId, type KnownResource, RESOURCES } from '../../shared/kubernetes/resources.ts';
import type { Probe } from './probe.ts';

const NAMESPACES = RESOURCES.find(({ id }) => id === 'namespaces') as KnownResource;
const DEFAULT_CONTROL_PLANE = 'linkerd';

export type AnsweringCluster = { readonly api: ClusterLister; readonly discovery: Discovery };

/** Whether each kind may be read: asked by reading one object of it. */
export async function probeKinds(
  cluster: string,
  { api, discovery }: AnsweringCluster,
  fetch: KubernetesFetch,
): Promise<Probe[]> {
  const one = kubernetesApi(fetch, { pageSize: 1, attempts: 2 });
  const hint = `hint: meshgraph rbac --cluster ${cluster} | kubectl apply -f -`;
  const served = RESOURCES.filter(({ id }) => discovery.resources[id].status === 'served');
  const lists = await refusals(served.map((resource) => [resource.id, () => readOne(one, resource, discovery)]));
  const unknown = RESOURCES.flatMap(({ id }) => {
    const found = discovery.resources[id];
    return found.status === 'unknown' ? [`${id}: ${found.message}`] : [];
  });
  const namespace = await controlPlaneOf(api);
  const settings = await refusals(
    CONFIG_MAPS.map((name) => [`configmaps/${name}`, () => api.getConfigMap(namespace, name)]),
  );
  const isMeshed = discovery.resources['servers.policy.linkerd.io'].status !== 'absent';
  return [
    rights(`it lets us list ${served.length - lists.length} of ${served.length} kinds`, [...lists, ...unknown], hint),
    isMeshed
      ? rights("it lets us read Linkerd's settings and trust anchors", settings, hint)
      : { title: 'it has Linkerd', outcome: 'warning', lines: ['policy.linkerd.io is not installed'] },
  ];
}

const rights = (title: string, refused: readonly string[], hint: string): Probe =>
  refused.length === 0 ? { title, outcome: 'ok', lines: [] } : { title, outcome: 'failure', lines: [...refused, hint] };

async function readOne(api: ClusterLister, resource: KnownResource, discovery: Discovery): Promise<void> {
  const found = discovery.resources[resource.id];
  if (found.status !== 'served') return;
  // Leaving the loop asks for no further page.
  for await (const _ of api.list(resource, found.apiVersion)) return;
}

/** The sentences of those that failed, each after the name of its kind. */
async function refusals(asked: readonly (readonly [kind: KindId, ask: () => Promise<unknown>])[]): Promise<string[]> {
  const told = asked.map(async ([kind, ask]) => {
    try {
      await ask();
      return [];
    } catch (error) {
      if (!(error instanceof MeshgraphError)) throw error;
      return [`${kind}: ${error.message}`];
    }
  });
  return (await Promise.all(told)).flat();
}

async function controlPlaneOf(api: ClusterLister): Promise<string> {
  try {
    for await (const { items } of api.list(NAMESPACES, 'v1')) {
      for (const { metadata } of items) {
        if (metadata.labels?.['linkerd.io/is-control-plane'] === 'true') return metadata.name;
      }
    }
  } catch (error) {
    if (!(error instanceof MeshgraphError)) throw error;
  }
  return DEFAULT_CONTROL_PLANE;
}
