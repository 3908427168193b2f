import type { ClusterConfiguration } from '../../shared/domain/configuration/cluster.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';

/** The one cluster a command is about: the one named, or the only one. Throws InvalidInputError otherwise. */
export function chooseCluster({ clusters }: Configuration, name: string | undefined): ClusterConfiguration {
  const [cluster, ...others] = clusters.filter((one) => name === undefined || one.name === name);
  const names = clusters.map((one) => one.name).join(', ');
  if (cluster === undefined) throw new InvalidInputError(`no cluster "${name}" in the configuration: it has ${names}`);
  if (others.length > 0) throw new InvalidInputError(`roles are of one cluster: choose one of ${names} with --cluster`);
  return cluster;
}
