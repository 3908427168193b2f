import { awsIdentity } from '../../shared/adapters/aws-credentials.ts';
import { describeEksCluster } from '../../shared/adapters/aws-eks.ts';
import { kubernetesApi } from '../../shared/adapters/kubernetes-api.ts';
import type { ClusterConfiguration } from '../../shared/domain/configuration/cluster.ts';
import type { EksAccess } from '../../shared/domain/configuration/kubernetes.ts';
import type { LiveCluster } from '../pipeline/live-cluster.ts';
import { type Probe, type ProbeGroup, tryTo } from './probe.ts';
import { probeKinds } from './probe-kinds.ts';
import { probePrometheus } from './probe-prometheus.ts';

export type ClusterProbe = {
  readonly cluster: ClusterConfiguration;
  readonly live: LiveCluster;
  readonly now: () => number;
  /** Whether the functions will run in a VPC. */
  readonly inVpc: boolean;
};

/** A cluster's API server, the rights on each kind, and its Prometheus. Nothing is asked behind what does not answer. */
export async function probeCluster(asked: ClusterProbe): Promise<ProbeGroup> {
  const { cluster } = asked;
  const kubernetes = await probeKubernetes(asked);
  const isReachable = kubernetes.answers || !('through' in cluster.prometheus);
  const prometheus = isReachable ? [await probePrometheus(asked)] : [];
  return { name: cluster.name, probes: [...kubernetes.probes, ...prometheus] };
}

async function probeKubernetes(asked: ClusterProbe): Promise<{ probes: Probe[]; answers: boolean }> {
  const { cluster, live } = asked;
  const { kubernetes } = cluster;
  const described = 'eks' in kubernetes ? [await probeEks(kubernetes, asked)] : [];
  if (described.some(({ outcome }) => outcome === 'failure')) return { probes: described, answers: false };
  const { probe, value } = await tryTo('the API server accepts us', async () => {
    const api = kubernetesApi(await live.apiServer(), { attempts: 2 });
    const discovery = await api.discover();
    return { value: { api, discovery }, title: `the API server accepts us: Kubernetes ${discovery.kubernetesVersion}` };
  });
  const kinds = value === undefined ? [] : await probeKinds(cluster.name, value, await live.apiServer());
  return { probes: [...described, probe, ...kinds], answers: value !== undefined };
}

async function probeEks({ eks, ...place }: EksAccess, { now, inVpc }: ClusterProbe): Promise<Probe> {
  const title = `EKS tells where cluster ${eks} is`;
  const { probe } = await tryTo(title, async () => {
    const { endpoint, authenticationMode, isPrivate } = await describeEksCluster(eks, awsIdentity(place, now));
    const warnings: string[] = [];
    if (authenticationMode === 'CONFIG_MAP') {
      const change = `aws eks update-cluster-config --name ${eks} --access-config authenticationMode=API_AND_CONFIG_MAP`;
      warnings.push(`it takes no access entries: ${change}`);
    }
    if (isPrivate && !inVpc) warnings.push('only its VPC reaches its endpoint: set aws.vpc, or no function will');
    return { value: endpoint, title: `${title}: ${endpoint}`, warnings };
  });
  return probe;
}
