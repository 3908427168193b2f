import type { ClusterConfiguration } from '../../shared/domain/configuration/cluster.ts';
import type { Surroundings } from '../../shared/sources/connect-api-server.ts';
import { connectCluster as connect, type LiveCluster } from '../../shared/sources/live-cluster.ts';
import type { Io } from '../io.ts';

export type { LiveCluster } from '../../shared/sources/live-cluster.ts';

/** A configured cluster's sources as a command reaches them: also by the user's kubeconfig. */
export function connectCluster(
  io: Pick<Io, 'env' | 'now'>,
  cluster: ClusterConfiguration,
  patience: Pick<Surroundings, 'silenceMs'> = {},
): LiveCluster {
  return connect(
    {
      ...patience,
      env: io.env,
      now: io.now,
      readKubeconfig: async ({ kubeconfig, context }) => {
        const { kubeconfigAccess } = await import('../kubeconfig.ts');
        return kubeconfigAccess(io.env, { file: kubeconfig, context });
      },
    },
    cluster,
  );
}
