import { prometheusName } from '../../shared/sources/connect-prometheus.ts';
import { type Probe, tryTo } from './probe.ts';
import type { ClusterProbe } from './probe-cluster.ts';

/** Windows are read half a minute after their end: clocks further apart than this make them wait. */
const LARGEST_SKEW_SECONDS = 10;

/** Whether Prometheus answers, and scrapes Linkerd's proxies under the labels the configuration names. */
export async function probePrometheus({ cluster, live, now }: ClusterProbe): Promise<Probe> {
  const { prometheus } = cluster;
  const { selector } = prometheus.labels;
  const title = `${prometheusName(prometheus)} answers`;
  const hint =
    'through' in prometheus
      ? `meshgraph rbac --cluster ${cluster.name} --api-server-network CIDR prints the role, and the Linkerd policy if that is what refuses`
      : undefined;
  const look = async () => {
    const asked = now();
    const { series, serverTime = asked } = await live.query(`count(up{${selector}} == 1)`, asked);
    const proxies = series[0]?.values[0] ?? 0;
    const skew = Math.round((serverTime - asked) / 1000);
    const warnings: string[] = [];
    if (proxies === 0) warnings.push(`it scrapes no target with {${selector}}: see prometheus.labels.selector`);
    if (Math.abs(skew) > LARGEST_SKEW_SECONDS) warnings.push(`its clock differs from ours by ${skew} s`);
    return { value: proxies, title: `${title}: it scrapes ${proxies} proxies`, warnings };
  };
  return (await tryTo(title, look, hint)).probe;
}
