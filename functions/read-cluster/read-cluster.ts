import type { EntityModel } from '../../shared/domain/entity-model.ts';
import { type ClusterObservation, type KindCoverage, OBSERVATION_SCHEMA } from '../../shared/domain/observation.ts';
import { coveredFamilies } from '../../shared/kubernetes/families.ts';
import { keptAnnotations } from '../../shared/kubernetes/kept-annotations.ts';
import type { KubernetesObject } from '../../shared/kubernetes/kubernetes-object.ts';
import type { ClusterLister, Discovery } from '../../shared/kubernetes/lister.ts';
import { type NamespaceInjection, proxyTrustAnchors } from '../../shared/kubernetes/proxy.ts';
import { type KnownResource, RESOURCES } from '../../shared/kubernetes/resources.ts';
import { emptySnapshot, type Intake, type Snapshot, takeObject } from '../../shared/kubernetes/snapshot.ts';
import { transformCluster } from '../../shared/kubernetes/transform-cluster.ts';
import { fingerprints } from '../../shared/kubernetes/trust-anchors.ts';
import { readControlPlane } from './read-control-plane.ts';
import { readKind } from './read-kind.ts';

export type Deps = {
  readonly list: ClusterLister;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export type ReadClusterInput = { readonly cluster: string; readonly entityModel: EntityModel };

/**
 * One scan of a cluster's objects. Pages become rows as they come and are dropped, so memory grows with the
 * observation and not with the answers. Kinds that could not be read are told in `coverage.kinds`; only the families
 * in `coverage.families` have facts. Rejects when the cluster cannot be reached or refuses the credentials.
 */
export async function readCluster(deps: Deps, { cluster, entityModel }: ReadClusterInput): Promise<ClusterObservation> {
  const at = deps.now();
  const discovery = await deps.list.discover();
  const intake = startIntake(cluster, entityModel, discovery);
  const kinds: Record<string, KindCoverage> = {};
  for (const resource of RESOURCES) kinds[resource.id] = await readInto(deps.list, discovery, resource, intake);
  const { controlPlane, coverage } = await readControlPlane(deps.list, intake.snapshot.namespaces);
  Object.assign(kinds, coverage);

  const covered = coveredFamilies(kinds);
  const { kubernetesVersion } = discovery;
  const facts = transformCluster({
    cluster,
    kubernetesVersion,
    snapshot: intake.snapshot,
    controlPlane,
    covered,
    entityModel,
  });
  return {
    schema: OBSERVATION_SCHEMA,
    id: `${cluster}/cluster/${at}`,
    cluster,
    source: 'cluster',
    at,
    readAt: deps.now(),
    ...facts,
    coverage: { kinds, families: covered, notes: notes(kinds) },
  };
}

type RunningIntake = Intake & { readonly snapshot: Snapshot; readonly anchors: Map<string, string[] | undefined> };

function startIntake(cluster: string, entityModel: EntityModel, discovery: Discovery): RunningIntake {
  const snapshot = emptySnapshot();
  const anchors = new Map<string, string[] | undefined>();
  let injections: Map<string, NamespaceInjection> | undefined;
  return {
    cluster,
    snapshot,
    anchors,
    keepAnnotation: keptAnnotations(entityModel),
    apiVersionOf: (id) => {
      const served = discovery.resources[id];
      return served.status === 'served' ? served.apiVersion : undefined;
    },
    injectionOf: (namespace) => {
      injections ??= new Map(snapshot.namespaces.map((row) => [row.name, row.injection]));
      return injections.get(namespace);
    },
    anchorsOf: (pem) => anchors.get(pem),
  };
}

async function readInto(
  list: ClusterLister,
  discovery: Discovery,
  resource: KnownResource,
  intake: RunningIntake,
): Promise<KindCoverage> {
  const { id } = resource;
  const take = async (items: readonly KubernetesObject[]) => {
    if (id === 'pods') await learnAnchors(items, intake.anchors);
    return items.map((item) => takeObject(id, item, intake));
  };
  const { rows, coverage } = await readKind(list, resource, discovery.resources[id], take);
  Object.assign(intake.snapshot, { [id]: rows });
  return coverage;
}

/** Thousands of pods were given the same few bundles: each is hashed once. */
async function learnAnchors(
  pods: readonly KubernetesObject[],
  anchors: Map<string, string[] | undefined>,
): Promise<void> {
  for (const pem of new Set(pods.flatMap((pod) => proxyTrustAnchors(pod) ?? []))) {
    if (!anchors.has(pem)) anchors.set(pem, await fingerprints(pem));
  }
}

function notes(kinds: Readonly<Record<string, KindCoverage>>): string[] {
  return Object.entries(kinds).flatMap(([kind, { status, message }]) =>
    status === 'forbidden' || status === 'failed' ? [`${kind}: ${status}${message ? `: ${message}` : ''}`] : [],
  );
}
