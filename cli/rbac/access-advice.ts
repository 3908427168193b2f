import type { ClusterConfiguration } from '../../shared/domain/configuration/cluster.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';

/** The group that access entries put meshgraph in. EKS does not ask whether it exists; the bindings say what it may do. */
export const READERS_GROUP = 'meshgraph-readers';

/** What to run with the rights of the cluster's owner so that EKS knows meshgraph; none for other clusters. */
export function accessCommands(
  { kubernetes, prometheus }: ClusterConfiguration,
  { aws }: Pick<Configuration, 'aws'>,
  principals: readonly string[],
): string[] {
  if (!('eks' in kubernetes)) return [];
  const place = kubernetes.region === undefined ? '' : ` --region ${kubernetes.region}`;
  const entry = (principal: string): string =>
    `aws eks create-access-entry --cluster-name ${kubernetes.eks}${place} --type STANDARD --kubernetes-groups ${READERS_GROUP} --principal-arn ${principal}`;
  if (principals.length > 0) return principals.map(entry);
  if (kubernetes.roleArn !== undefined) return [entry(kubernetes.roleArn)];
  const readers = ['read-cluster', 'read-certificates', ...('through' in prometheus ? ['read-traffic'] : [])];
  return readers.map((name) => entry(`"$(${roleOf(name, aws)})"`));
}

/** The stack tells the roles of its readers in its outputs. */
const roleOf = (name: string, { stackName, region }: Configuration['aws']): string =>
  `aws cloudformation describe-stacks --stack-name ${stackName}${region === undefined ? '' : ` --region ${region}`} --output text ` +
  `--query "Stacks[0].Outputs[?contains(OutputKey,'${name.replaceAll('-', '')}role')].OutputValue"`;

/** What else must be so, in words. */
export function accessNotes({ kubernetes, prometheus }: ClusterConfiguration, networks: readonly string[]): string[] {
  const notes: string[] = [];
  if ('eks' in kubernetes) {
    notes.push("The cluster's authentication mode must be API or API_AND_CONFIG_MAP.");
    if (kubernetes.roleArn !== undefined) {
      notes.push(
        `${kubernetes.roleArn} must trust the roles of the readers (sts:AssumeRole) and allow eks:DescribeCluster.`,
      );
    }
  }
  if ('through' in prometheus && networks.length === 0) {
    notes.push(
      `If the Prometheus in ${prometheus.namespace} is linkerd-viz's own, Linkerd answers 403 to all but metrics-api: repeat ` +
        'with --api-server-network CIDR, the addresses the API server calls from, for the AuthorizationPolicy it takes.',
    );
  }
  return notes;
}
