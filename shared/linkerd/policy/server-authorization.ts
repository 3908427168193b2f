import { type LabelSelector, selects } from '../../kubernetes/label-selector.ts';
import type { Authentication, Authorization, VoidAuthorization } from './authorization.ts';
import { accountIdentity, type MeshSettings } from './mesh-settings.ts';
import { networksOf, toNetworks } from './network.ts';
import { namespaceOf, type PolicyObject } from './policy-object.ts';
import type { Server } from './server.ts';

type Account = { readonly name: string; readonly namespace?: string };
type Spec = {
  readonly server?: { readonly name?: string; readonly selector?: LabelSelector };
  readonly client?: {
    readonly networks?: readonly { readonly cidr?: string; readonly except?: readonly string[] }[];
    readonly unauthenticated?: boolean;
    readonly meshTLS?: {
      readonly unauthenticatedTLS?: boolean;
      readonly identities?: readonly string[];
      readonly serviceAccounts?: readonly Account[];
    };
  };
};

/** By name or by the Server's own labels, in the same namespace (reference 3.4). */
export function guards(object: PolicyObject, server: Server): boolean {
  const { name, selector } = ((object.spec ?? {}) as Spec).server ?? {};
  if (namespaceOf(object) !== server.namespace) return false;
  return name !== undefined ? name === server.name : selector !== undefined && selects(selector, server.labels);
}

/**
 * Without `networks` it admits clusterNetworks only, unlike an AuthorizationPolicy (reference 3.4). A client that names no
 * way to authenticate admits nobody (oracle 14).
 */
export function serverAuthorization(object: PolicyObject, settings: MeshSettings): Authorization | VoidAuthorization {
  const ref = { kind: 'ServerAuthorization', namespace: namespaceOf(object), name: object.metadata.name } as const;
  const { networks = [], ...client } = ((object.spec ?? {}) as Spec).client ?? {};
  const authentication = proof(client, ref.namespace, settings);
  if (authentication === undefined) return { ref, reason: 'its client names no identity and is not unauthenticated' };
  return {
    ref,
    authentication,
    networks: networks.length > 0 ? toNetworks(networks) : networksOf(settings.clusterNetworks),
  };
}

function proof(
  client: NonNullable<Spec['client']>,
  namespace: string,
  settings: MeshSettings,
): Authentication | undefined {
  if (client.unauthenticated) return { kind: 'anyone' };
  if (client.meshTLS?.unauthenticatedTLS) return { kind: 'mesh-tls' };
  const { identities = [], serviceAccounts = [] } = client.meshTLS ?? {};
  const accounts = serviceAccounts.map((account) =>
    accountIdentity(settings, account.namespace ?? namespace, account.name),
  );
  const patterns = [...identities, ...accounts];
  return patterns.length > 0 ? { kind: 'identities', patterns } : undefined;
}
