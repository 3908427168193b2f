import { DEFAULT_SETTINGS } from '../mesh-settings.ts';
import { misshapen } from '../object-shapes.ts';
import { groupKind, namespaceOf, type PolicyObject, withoutNulls } from '../policy-object.ts';
import { type LintContext, type LintFinding, refused } from './finding.ts';
import { lintMeshTlsAuthentication, lintNetworkAuthentication } from './lint-authentications.ts';
import { lintAuthorizationPolicy } from './lint-authorization-policy.ts';
import { lintEgressNetwork } from './lint-egress-network.ts';
import { lintRateLimit } from './lint-rate-limit.ts';
import { lintRoute } from './lint-route.ts';
import { claimOf, lintServer } from './lint-server.ts';
import { lintServerAuthorization } from './lint-server-authorization.ts';

type Lint = (object: PolicyObject, context: LintContext) => LintFinding[];

const LINTS: Readonly<Record<string, Lint>> = {
  'AuthorizationPolicy.policy.linkerd.io': lintAuthorizationPolicy,
  'MeshTLSAuthentication.policy.linkerd.io': lintMeshTlsAuthentication,
  'NetworkAuthentication.policy.linkerd.io': lintNetworkAuthentication,
  'ServerAuthorization.policy.linkerd.io': lintServerAuthorization,
  'Server.policy.linkerd.io': lintServer,
  'HTTPLocalRateLimitPolicy.policy.linkerd.io': lintRateLimit,
  'EgressNetwork.policy.linkerd.io': lintEgressNetwork,
  'HTTPRoute.policy.linkerd.io': lintRoute,
  'HTTPRoute.gateway.networking.k8s.io': lintRoute,
  'GRPCRoute.gateway.networking.k8s.io': lintRoute,
  'TLSRoute.gateway.networking.k8s.io': lintRoute,
  'TCPRoute.gateway.networking.k8s.io': lintRoute,
};

export type LintOptions = {
  /** For objects that name no namespace; `default` as kubectl has it. */
  readonly namespace?: string;
  readonly clusterNetworks?: readonly string[];
  /** The others of the cluster or change, to see Servers that claim the same port. */
  readonly others?: readonly PolicyObject[];
};

/**
 * What the API server or Linkerd's webhook would refuse of an object, and what they take though it does not do what it seems
 * to (measured: docs/policy.md). Objects of other kinds have nothing to say.
 */
export function lintObject(given: PolicyObject, options: LintOptions = {}): LintFinding[] {
  const object = withoutNulls(given);
  const { namespace = 'default', clusterNetworks = DEFAULT_SETTINGS.clusterNetworks, others = [] } = options;
  const home = object.metadata.namespace ?? namespace;
  const otherServers = others
    .filter((other) => groupKind(other) === 'Server.policy.linkerd.io' && namespaceOf(other) === home)
    .map((other) => ({ name: other.metadata.name, claim: claimOf(other) }));
  const wrong = misshapen(object).map(({ field, message }) => refused(field, message));
  if (wrong.length > 0) return wrong;
  return LINTS[groupKind(object)]?.(object, { namespace: home, clusterNetworks, otherServers }) ?? [];
}
