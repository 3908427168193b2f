import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ClusterConfiguration } from '../shared/domain/configuration/cluster.ts';
import type { Secret } from '../shared/domain/configuration/scalars.ts';
import type { Deployment } from './deployment.ts';
import { readSecret } from './grants.ts';
import type { Permission } from './permission.ts';

type Place = { readonly region?: string | undefined; readonly roleArn?: string | undefined };

/** What a function needs in order to ask the Kubernetes API of every configured cluster. */
export function kubernetesAccess(scope: Construct, { configuration }: Deployment): Permission[] {
  return distinct(configuration.clusters.flatMap((cluster) => kubernetesOf(scope, cluster)));
}

/** What a function needs in order to ask the Prometheus of every configured cluster, however it is reached. */
export function prometheusAccess(scope: Construct, { configuration }: Deployment): Permission[] {
  return distinct(configuration.clusters.flatMap((cluster) => prometheusOf(scope, cluster)));
}

function kubernetesOf(scope: Construct, { name, kubernetes }: ClusterConfiguration): Permission[] {
  if ('token' in kubernetes) return secretOf(scope, kubernetes.token, `token of the cluster ${name}`);
  if (!('eks' in kubernetes)) return [];
  const ask = { action: 'eks:DescribeCluster', service: 'eks', resource: 'cluster', resourceName: kubernetes.eks };
  return awsAccess(scope, kubernetes, `address and CA of the cluster ${name}`, ask);
}

function prometheusOf(scope: Construct, cluster: ClusterConfiguration): Permission[] {
  const { name, prometheus } = cluster;
  if ('through' in prometheus) return kubernetesOf(scope, cluster);
  if ('workspace' in prometheus) {
    const ask = {
      action: 'aps:QueryMetrics',
      service: 'aps',
      resource: 'workspace',
      resourceName: prometheus.workspace,
    };
    return awsAccess(scope, prometheus, `traffic of the cluster ${name}`, ask);
  }
  const { auth } = prometheus;
  if (auth.type === 'basic') return secretOf(scope, auth.password, `password of the Prometheus of ${name}`);
  if (auth.type === 'bearer') return secretOf(scope, auth.token, `token of the Prometheus of ${name}`);
  if (auth.type === 'none') return [];
  return [
    ...secretOf(scope, auth.certFile, `client certificate for the Prometheus of ${name}`),
    ...secretOf(scope, auth.keyFile, `key of the client certificate for the Prometheus of ${name}`),
  ];
}

type Ask = {
  readonly action: string;
  readonly service: string;
  readonly resource: string;
  readonly resourceName: string;
};

/** In another account the role there decides; here it is the function's own. */
function awsAccess(scope: Construct, { roleArn, region }: Place, why: string, { action, ...named }: Ask): Permission[] {
  if (roleArn !== undefined) return [{ why, actions: ['sts:AssumeRole'], resources: [roleArn] }];
  return [{ why, actions: [action], resources: [Stack.of(scope).formatArn({ ...named, ...(region && { region }) })] }];
}

const secretOf = (scope: Construct, secret: Secret | string, why: string): Permission[] =>
  typeof secret === 'object' && 'secret' in secret ? [readSecret(scope, secret.secret, why)] : [];

/** Clusters that share a role or a secret need it allowed once. */
function distinct(permissions: readonly Permission[]): Permission[] {
  const keyOf = ({ actions, resources }: Permission) => JSON.stringify([actions, resources]);
  return [...new Map(permissions.map((permission) => [keyOf(permission), permission])).values()];
}
