import type { ClusterConfiguration } from '../domain/configuration/cluster.ts';
import type { Configuration } from '../domain/configuration.ts';
import { ForbiddenError, NotFoundError, UnavailableError } from '../domain/errors.ts';
import type { ClusterLister } from '../kubernetes/lister.ts';
import { connectCluster, type LiveCluster } from './live-cluster.ts';

export type DeployedCluster = Pick<LiveCluster, 'query' | 'lister'> & { readonly configured: ClusterConfiguration };

/** A cluster by its name. `onUnreachable` is told whenever one of its sources does not answer, or refuses us. */
export type ClusterOf = (name: string, onUnreachable: () => void) => DeployedCluster;

/**
 * The clusters a function was deployed for, each connected when first asked for and kept between invocations. Throws
 * NotFoundError for any other: the message is older than the configuration.
 */
export function deployedClusters({ clusters }: Pick<Configuration, 'clusters'>): ClusterOf {
  const connected = new Map<string, LiveCluster>();
  return (name, onUnreachable) => {
    const configured = clusters.find((cluster) => cluster.name === name);
    if (configured === undefined) {
      const names = clusters.map((one) => one.name).join(', ');
      throw new NotFoundError(`no cluster "${name}" in the configuration that was deployed: it has ${names}`);
    }
    const live = connected.get(name) ?? connectCluster({ env: {}, now: Date.now }, configured);
    connected.set(name, live);
    return { configured, ...watched(live, onUnreachable) };
  };
}

/** Of the API server only discovery is watched: what it forbids of single kinds is coverage. */
function watched(live: LiveCluster, onUnreachable: () => void): Pick<LiveCluster, 'query' | 'lister'> {
  const watch = async <Result>(reach: () => Promise<Result>): Promise<Result> => {
    try {
      return await reach();
    } catch (error) {
      if (error instanceof UnavailableError || error instanceof ForbiddenError) onUnreachable();
      throw error;
    }
  };
  return {
    query: (promql, at) => watch(() => live.query(promql, at)),
    lister: async (): Promise<ClusterLister> => {
      const lister = await watch(live.lister);
      return { ...lister, discover: () => watch(() => lister.discover()) };
    },
  };
}
