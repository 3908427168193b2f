import { stringify } from 'yaml';
import { readCluster } from '../../../functions/read-cluster/read-cluster.ts';
import type { EntityModel } from '../../../shared/domain/entity-model.ts';
import type { ClusterObservation } from '../../../shared/domain/observation.ts';
import type { ClusterLister, Discovery } from '../../../shared/kubernetes/lister.ts';
import { RESOURCES } from '../../../shared/kubernetes/resources.ts';
import type { MeshSettings } from '../../../shared/linkerd/policy/mesh-settings.ts';
import { groupKind, type PolicyObject } from '../../../shared/linkerd/policy/policy-object.ts';

export type StateAsked = {
  readonly cluster: string;
  readonly at: number;
  readonly entityModel: EntityModel;
  readonly settings: MeshSettings;
};

/** One side of a change as a scan of the cluster would have read it. */
export const observeState = (
  objects: readonly PolicyObject[],
  { cluster, at, entityModel, settings }: StateAsked,
): Promise<ClusterObservation> =>
  readCluster({ list: listerOf(objects, settings), now: () => at }, { cluster, entityModel });

/** Objects of a state as an API server serves them. Of kinds that a baseline does not hold there are none. */
function listerOf(objects: readonly PolicyObject[], settings: MeshSettings): ClusterLister {
  const byKind = Map.groupBy(objects, groupKind);
  const of = ({ group, kind }: { group: string; kind: string }): readonly PolicyObject[] =>
    byKind.get(`${kind}.${group}`) ?? [];
  const resources = Object.fromEntries(
    RESOURCES.map((resource) => {
      const { id, group, versions } = resource;
      const usual = group === '' ? versions[0] : `${group}/${versions[0]}`;
      return [id, { status: 'served', apiVersion: of(resource)[0]?.apiVersion ?? usual }];
    }),
  );
  return {
    discover: async () => ({ kubernetesVersion: 'unknown', resources }) as Discovery,
    async *list(resource) {
      yield { items: of(resource), resourceVersion: '1' };
    },
    getConfigMap: async (namespace, name) =>
      name === 'linkerd-config' ? linkerdConfig(namespace, settings) : undefined,
  };
}

/** A baseline keeps of the control plane's values those that verdicts depend on. */
const linkerdConfig = (namespace: string, settings: MeshSettings) => ({
  metadata: { namespace, name: 'linkerd-config' },
  data: {
    values: stringify({
      identityTrustDomain: settings.trustDomain,
      clusterNetworks: settings.clusterNetworks.join(','),
      proxy: { defaultInboundPolicy: settings.defaultInboundPolicy, opaquePorts: settings.opaquePorts },
    }),
  },
});
