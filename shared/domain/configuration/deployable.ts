import type { Configuration } from '../configuration.ts';
import type { ClusterConfiguration } from './cluster.ts';
import type { Secret } from './scalars.ts';

/**
 * What of a valid configuration only works on the machine it was written on: each as one sentence that begins with the key
 * at fault. None = it can be deployed. `region` is that of the stack, undefined where it is not known until deployment.
 */
export function undeployable(configuration: Configuration, region: string | undefined): string[] {
  return [
    ...graphFaults(configuration, region),
    ...configuration.clusters.flatMap((cluster, index) => clusterFaults(cluster, `clusters[${index}]`, region)),
    ...configuration.alerts.routes.flatMap(({ to }, index) =>
      'slack' in to ? secretFaults(to.slack.webhook, `alerts.routes[${index}].to.slack.webhook`, region) : [],
    ),
    ...scheduleFaults(configuration),
  ];
}

function graphFaults({ graph: { secret, region: its } }: Configuration, region: string | undefined): string[] {
  if (secret !== undefined) return regionFaults(secret, its, 'graph.secret', region);
  return [
    'graph.secret: expected the name or ARN of a secret with {"uri", "username", "password"} of Neo4j, but it is missing: ' +
      'make one with `aws secretsmanager create-secret --name meshgraph/graph --secret-string file://graph.json`',
  ];
}

function clusterFaults(
  { kubernetes, prometheus }: ClusterConfiguration,
  at: string,
  region: string | undefined,
): string[] {
  const access =
    'eks' in kubernetes
      ? []
      : 'token' in kubernetes
        ? secretFaults(kubernetes.token, `${at}.kubernetes.token`, region)
        : [`${at}.kubernetes: expected {eks: NAME} or {server: ..., token: {secret: ...}}: a Lambda has no kubeconfig`];
  return [...access, ...('url' in prometheus ? loginFaults(prometheus.auth, `${at}.prometheus.auth`, region) : [])];
}

type Login = Extract<ClusterConfiguration['prometheus'], { url: string }>['auth'];

function loginFaults(auth: Login, at: string, region: string | undefined): string[] {
  if (auth.type === 'basic') return secretFaults(auth.password, `${at}.password`, region);
  if (auth.type === 'bearer') return secretFaults(auth.token, `${at}.token`, region);
  if (auth.type === 'none') return [];
  return [
    ...secretFaults(auth.certFile, `${at}.certFile`, region),
    ...secretFaults(auth.keyFile, `${at}.keyFile`, region),
  ];
}

function secretFaults(secret: Secret | string, at: string, region: string | undefined): string[] {
  if (typeof secret === 'object' && 'secret' in secret) return regionFaults(secret.secret, secret.region, at, region);
  return [`${at}: expected {secret: NAME-OR-ARN}: a Lambda has neither your environment nor your files`];
}

function regionFaults(secret: string, said: string | undefined, at: string, region: string | undefined): string[] {
  const its = /^arn:[^:]+:secretsmanager:([^:]+):/.exec(secret)?.[1] ?? said;
  if (its === undefined || region === undefined || its === region) return [];
  return [
    `${at}: expected a secret of ${region}, where the stack is, got one of ${its}: replicate it, or set aws.region`,
  ];
}

function scheduleFaults({ scan }: Configuration): string[] {
  if (scan.period >= 60_000) return [];
  return ['scan.period: expected 1m or more: AWS starts a function at most once a minute'];
}
