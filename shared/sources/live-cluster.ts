import { kubernetesApi } from '../adapters/kubernetes-api.ts';
import type { KubernetesFetch } from '../adapters/kubernetes-fetch.ts';
import { type PrometheusResult, queryPrometheus } from '../adapters/prometheus.ts';
import type { ClusterConfiguration } from '../domain/configuration/cluster.ts';
import type { ClusterLister } from '../kubernetes/lister.ts';
import { connectApiServer, type Surroundings } from './connect-api-server.ts';
import { connectPrometheus, prometheusName } from './connect-prometheus.ts';

/** A configured cluster's sources. What they need is looked up when they are first asked. */
export type LiveCluster = {
  readonly query: (promql: string, at: number) => Promise<PrometheusResult>;
  readonly lister: () => Promise<ClusterLister>;
  readonly apiServer: () => Promise<KubernetesFetch>;
};

/** An EKS cluster's address and CA, and what files hold, are looked up again after this long. */
const CONNECTED_MS = 15 * 60_000;

/** The ways to a cluster's sources, for commands and functions. Keep it between invocations: it keeps tokens. */
export function connectCluster(surroundings: Surroundings, cluster: ClusterConfiguration): LiveCluster {
  const { kubernetes, prometheus } = cluster;
  const apiServer = kept(surroundings.now, () => connectApiServer(surroundings, kubernetes));
  const send = kept(surroundings.now, () => connectPrometheus(surroundings, prometheus, apiServer));
  const where = prometheusName(prometheus);
  return {
    query: async (promql, at) => queryPrometheus(await send(), where, promql, at),
    lister: async () => kubernetesApi(await apiServer()),
    apiServer,
  };
}

/** Made once for all who ask within a while; a failure is not kept. */
function kept<T>(now: () => number, make: () => Promise<T>): () => Promise<T> {
  let last: { readonly made: Promise<T>; readonly at: number } | undefined;
  return () => {
    if (last !== undefined && now() - last.at < CONNECTED_MS) return last.made;
    const making = { made: make(), at: now() };
    last = making;
    making.made.catch(() => {
      if (last === making) last = undefined;
    });
    return making.made;
  };
}
