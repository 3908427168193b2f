import type { Configuration } from '../../shared/domain/configuration.ts';
import type { Io } from '../io.ts';
import { connectCluster } from '../pipeline/live-cluster.ts';
import type { ProbeGroup } from './probe.ts';
import { probeAlerts } from './probe-alerts.ts';
import { probeAws } from './probe-aws.ts';
import { probeCluster } from './probe-cluster.ts';
import { probeConfiguration } from './probe-configuration.ts';
import { probeGraph } from './probe-graph.ts';

/** Somebody waits, and asks for little. */
const PATIENCE = { silenceMs: 10_000 };

/** Tries all that a deployed meshgraph would depend on, from here and with the credentials at hand. Changes nothing. */
export async function checkDeployment(
  io: Pick<Io, 'env' | 'now'>,
  configuration: Configuration,
  progress: (text: string) => void,
): Promise<ProbeGroup[]> {
  const groups: ProbeGroup[] = [probeConfiguration(configuration)];
  progress('asking AWS who we are');
  groups.push(await probeAws(configuration));
  for (const cluster of configuration.clusters) {
    progress(`${cluster.name}: asking its API server and its Prometheus`);
    const inVpc = configuration.aws.vpc !== undefined;
    groups.push(await probeCluster({ cluster, live: connectCluster(io, cluster, PATIENCE), now: io.now, inVpc }));
  }
  progress('asking for the graph');
  groups.push(await probeGraph(configuration.graph), await probeAlerts(io, configuration));
  return groups.filter(({ probes }) => probes.length > 0);
}

/** 2 when anything that is needed cannot be reached, else 0. */
export const exitCodeOf = (groups: readonly ProbeGroup[]): 0 | 2 =>
  groups.some(({ probes }) => probes.some(({ outcome }) => outcome === 'failure')) ? 2 : 0;
