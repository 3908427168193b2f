import { kubernetesApi } from '../../shared/adapters/kubernetes-api.ts';
import { type KubernetesFetch, kubernetesFetch, tokenAccess } from '../../shared/adapters/kubernetes-fetch.ts';
import { type PrometheusResult, type PrometheusSend, queryPrometheus } from '../../shared/adapters/prometheus.ts';
import { type PrometheusAccess, sendByUrl } from '../../shared/adapters/prometheus-http.ts';
import { sendThroughKubernetes } from '../../shared/adapters/prometheus-kubernetes.ts';
import type { ClusterConfiguration } from '../../shared/domain/configuration/cluster.ts';
import type { KubernetesAccess } from '../../shared/domain/configuration/kubernetes.ts';
import type { PrometheusSource } from '../../shared/domain/configuration/prometheus.ts';
import type { ClusterLister } from '../../shared/kubernetes/lister.ts';
import type { Io } from '../io.ts';
import { readSecret, readText } from './secret.ts';

/** A configured cluster's sources. What they need is looked up when they are first asked. */
export type LiveCluster = {
  readonly query: (promql: string, at: number) => Promise<PrometheusResult>;
  readonly lister: () => Promise<ClusterLister>;
};

export function connectCluster(io: Pick<Io, 'env'>, { kubernetes, prometheus }: ClusterConfiguration): LiveCluster {
  const apiServer = once(() => connectApiServer(io, kubernetes));
  const send = once(() => connectPrometheus(io, prometheus, apiServer));
  const where =
    'url' in prometheus
      ? `Prometheus at ${prometheus.url}`
      : `Prometheus behind Service ${prometheus.namespace}/${prometheus.service}`;
  return {
    query: async (promql, at) => queryPrometheus(await send(), where, promql, at),
    lister: async () => kubernetesApi(await apiServer()),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

async function connectApiServer(io: Pick<Io, 'env'>, access: KubernetesAccess): Promise<KubernetesFetch> {
  if ('server' in access) {
    const ca = access.caFile === undefined ? undefined : await readText(access.caFile, "the API server's CA");
    return kubernetesFetch(
      tokenAccess(access.server, ca, () => readSecret(io, access.token, 'the token for the API server')),
    );
  }
  const { kubeconfigAccess } = await import('../kubeconfig.ts');
  return kubernetesFetch(kubeconfigAccess(io.env, { file: access.kubeconfig, context: access.context }));
}

async function connectPrometheus(
  io: Pick<Io, 'env'>,
  source: PrometheusSource,
  apiServer: () => Promise<KubernetesFetch>,
): Promise<PrometheusSend> {
  if (!('url' in source)) return sendThroughKubernetes(await apiServer(), source);
  return sendByUrl({
    url: source.url,
    ...(await credentials(io, source.auth)),
    ...(source.caFile !== undefined && { ca: await readText(source.caFile, 'the CA of Prometheus') }),
  });
}

async function credentials(
  io: Pick<Io, 'env'>,
  auth: Extract<PrometheusSource, { url: string }>['auth'],
): Promise<Pick<PrometheusAccess, 'authorization' | 'certificate' | 'key'>> {
  if (auth.type === 'basic') {
    const password = await readSecret(io, auth.password, 'the password for Prometheus');
    return { authorization: `Basic ${Buffer.from(`${auth.username}:${password}`).toString('base64')}` };
  }
  if (auth.type === 'bearer') {
    return { authorization: `Bearer ${await readSecret(io, auth.token, 'the token for Prometheus')}` };
  }
  if (auth.type === 'clientCertificate') {
    return {
      certificate: await readText(auth.certFile, 'the client certificate for Prometheus'),
      key: await readText(auth.keyFile, "the client certificate's key"),
    };
  }
  return {};
}
