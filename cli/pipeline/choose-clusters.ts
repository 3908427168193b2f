import type { ClusterConfiguration } from '../../shared/domain/configuration/cluster.ts';
import { httpUrl } from '../../shared/domain/configuration/scalars.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';

/** Flags that choose a configured cluster, or say how to reach it instead of the configuration. */
export type ClusterFlags = {
  readonly cluster?: string;
  readonly prometheus?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
};

/** The clusters a command works on. Throws InvalidInputError for an unknown name, and for ways to reach several at once. */
export function chooseClusters(
  { clusters }: Pick<Configuration, 'clusters'>,
  flags: ClusterFlags,
): ClusterConfiguration[] {
  const names = clusters.map(({ name }) => name).join(', ');
  const chosen = clusters.filter(({ name }) => flags.cluster === undefined || name === flags.cluster);
  const reached = flags.prometheus ?? flags.context ?? flags.kubeconfig;
  if (chosen.length === 0 && (clusters.length > 1 || reached === undefined)) {
    throw new InvalidInputError(`no cluster "${flags.cluster}" in the configuration: it has ${names}`);
  }
  if (reached === undefined) return chosen;
  if (chosen.length > 1) {
    throw new InvalidInputError(
      `--prometheus, --context and --kubeconfig say how to reach one cluster, but ${names} are configured: choose with --cluster`,
    );
  }
  const [base = { ...(clusters[0] as ClusterConfiguration), name: flags.cluster as string }] = chosen;
  return [reachedBy(base, flags)];
}

function reachedBy(
  cluster: ClusterConfiguration,
  { prometheus, context, kubeconfig }: ClusterFlags,
): ClusterConfiguration {
  const url = httpUrl.safeParse(prometheus);
  if (prometheus !== undefined && !url.success) {
    throw new InvalidInputError(`--prometheus takes a URL like http://127.0.0.1:9090, not "${prometheus}"`);
  }
  return {
    ...cluster,
    ...(url.success && { prometheus: { url: url.data, auth: { type: 'none' }, labels: cluster.prometheus.labels } }),
    ...((context ?? kubeconfig) !== undefined && {
      kubernetes: { ...(context !== undefined && { context }), ...(kubeconfig !== undefined && { kubeconfig }) },
    }),
  };
}
