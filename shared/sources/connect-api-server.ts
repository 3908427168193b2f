import { awsIdentity } from '../adapters/aws-credentials.ts';
import { describeEksCluster } from '../adapters/aws-eks.ts';
import { eksToken } from '../adapters/aws-eks-token.ts';
import {
  type KubernetesFetch,
  type KubernetesAccess as KubernetesServer,
  kubernetesFetch,
  tokenAccess,
} from '../adapters/kubernetes-fetch.ts';
import type { EksAccess, KubernetesAccess } from '../domain/configuration/kubernetes.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { readSecret, readText } from './secret-text.ts';

export type Kubeconfig = Extract<KubernetesAccess, { context?: string | undefined }>;

/** What of the world around reaching a source takes. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** Reads a kubeconfig. Commands can; functions have none, and are spared its client library. */
  readonly readKubeconfig?: (choice: Kubeconfig) => Promise<KubernetesServer>;
  /** How long a source may be silent, where somebody waits. Default: as long as the largest answers take. */
  readonly silenceMs?: number;
};

/** The way to a cluster's API server. Throws the errors of shared/domain/errors.ts. */
export async function connectApiServer(surroundings: Surroundings, access: KubernetesAccess): Promise<KubernetesFetch> {
  return kubernetesFetch({ ...(await serverOf(surroundings, access)), silenceMs: surroundings.silenceMs });
}

async function serverOf(surroundings: Surroundings, access: KubernetesAccess): Promise<KubernetesServer> {
  if ('server' in access) {
    const ca = access.ca ?? (access.caFile && (await readText(access.caFile, "the API server's CA")));
    const token = () => readSecret(surroundings, access.token, 'the token for the API server');
    return tokenAccess(access.server, ca, token);
  }
  if ('eks' in access) return eksServer(surroundings, access);
  if (surroundings.readKubeconfig === undefined) {
    throw new InvalidInputError(
      'a function has no kubeconfig: give the cluster as kubernetes: {eks: NAME}, or {server, token: {secret}}',
    );
  }
  return surroundings.readKubeconfig(access);
}

async function eksServer({ now }: Surroundings, { eks, ...place }: EksAccess): Promise<KubernetesServer> {
  const identity = awsIdentity(place, now);
  const { endpoint, ca, authenticationMode, isPrivate } = await describeEksCluster(eks, identity);
  const mode =
    authenticationMode === 'CONFIG_MAP'
      ? ` (first let it take access entries: aws eks update-cluster-config --name ${eks} --access-config authenticationMode=API_AND_CONFIG_MAP)`
      : '';
  return {
    ...tokenAccess(endpoint, ca, eksToken(eks, identity, now)),
    ifRefused:
      `EKS cluster ${eks} accepts the token but knows nobody behind it (401): make an access entry for the role that ` +
      `meshgraph runs as${mode}; "meshgraph rbac" prints the command`,
    ...(isPrivate && {
      ifUnreachable: `Only machines of its VPC reach EKS cluster ${eks}: set aws.vpc, with a security group its own admits on port 443.`,
    }),
  };
}
