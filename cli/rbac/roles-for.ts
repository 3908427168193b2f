import type { ClusterConfiguration } from '../../shared/domain/configuration/cluster.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { type Manifest, type Reader, readerRole } from '../../shared/kubernetes/reader-role.ts';
import { parseCidr } from '../../shared/linkerd/policy/address.ts';
import { prometheusPolicy } from '../../shared/linkerd/prometheus-policy.ts';
import { accessCommands, accessNotes, READERS_GROUP } from './access-advice.ts';

export type RoleOptions = {
  readonly principal: readonly string[];
  readonly serviceAccount?: string;
  readonly linkerdNamespace: string;
  readonly apiServerNetwork: readonly string[];
};

export type Roles = {
  readonly manifests: readonly Manifest[];
  /** To be run by who may change the EKS cluster. */
  readonly commands: readonly string[];
  readonly notes: readonly string[];
};

/** All that must be granted before a configured cluster can be read. Throws InvalidInputError for options that are none. */
export function rolesFor(cluster: ClusterConfiguration, configuration: Configuration, options: RoleOptions): Roles {
  const { prometheus } = cluster;
  const networks = options.apiServerNetwork.map(networkOf);
  const through = 'through' in prometheus ? prometheus : undefined;
  return {
    manifests: [
      ...readerRole({
        reader: readerOf(options.serviceAccount),
        linkerdNamespace: options.linkerdNamespace,
        prometheus: through,
      }),
      ...(through === undefined || networks.length === 0 ? [] : prometheusPolicy(through.namespace, networks)),
    ],
    commands: accessCommands(cluster, configuration, options.principal.map(principalOf)),
    notes: accessNotes(cluster, networks),
  };
}

/** Linkerd's admission refuses a network that is none, and with it all that is applied after it. */
function networkOf(text: string): string {
  if (parseCidr(text) !== undefined) return text;
  throw new InvalidInputError(`--api-server-network takes addresses like 10.0.0.0/16, not "${text}"`);
}

function principalOf(text: string): string {
  if (/^arn:aws[\w-]*:iam::\d{12}:(role|user)\/\S+$/.test(text)) return text;
  throw new InvalidInputError(
    `--principal takes the ARN of a role like arn:aws:iam::123456789012:role/meshgraph, not "${text}"`,
  );
}

function readerOf(serviceAccount: string | undefined): Reader {
  if (serviceAccount === undefined) return { group: READERS_GROUP };
  const [namespace, name, ...rest] = serviceAccount.split('/');
  if (namespace && name && rest.length === 0) return { namespace, serviceAccount: name };
  throw new InvalidInputError(`--service-account takes namespace/name, like meshgraph/reader, not "${serviceAccount}"`);
}
