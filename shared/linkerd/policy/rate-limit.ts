import { createdAt } from '../../kubernetes/kubernetes-object.ts';
import { accountIdentity, type MeshSettings } from './mesh-settings.ts';
import { byAge, namespaceOf, type PolicyObject, type Ref, refersTo } from './policy-object.ts';

/** What an HTTPLocalRateLimitPolicy says for one client, in requests a second. */
export type RateLimit = {
  readonly name: string;
  readonly scope: 'total' | 'identity' | 'override';
  readonly requestsPerSecond: number;
};

type Limit = { readonly requestsPerSecond: number };
type Spec = {
  readonly targetRef?: Ref;
  readonly total?: Limit;
  readonly identity?: Limit;
  readonly overrides?: readonly (Limit & { readonly clientRefs?: readonly Ref[] })[];
};

/** The limits of a Server, the narrowest that applies first: the oldest policy on it, as with Servers. */
export function rateLimitsOf(
  policies: readonly PolicyObject[],
  server: string,
  settings: MeshSettings,
): (identity: string | undefined) => RateLimit[] {
  const [policy] = policies
    .filter(({ spec }) => {
      const { targetRef } = (spec ?? {}) as Spec;
      return targetRef && refersTo(targetRef, 'policy.linkerd.io', 'Server') && targetRef.name === server;
    })
    .map((object) => ({ object, createdAt: createdAt(object.metadata), name: object.metadata.name }))
    .sort(byAge);
  if (policy === undefined) return () => [];
  const { total, identity: each, overrides = [] } = (policy.object.spec ?? {}) as Spec;
  const namespace = namespaceOf(policy.object);
  const own = overrides.flatMap(({ requestsPerSecond, clientRefs = [] }) =>
    clientRefs.map((ref) => ({
      requestsPerSecond,
      identity: accountIdentity(settings, ref.namespace ?? namespace, ref.name),
    })),
  );
  return (identity) => {
    const override = own.find((one) => one.identity === identity);
    const forClient = override ?? each;
    const scope = override ? 'override' : 'identity';
    return [
      ...(total ? [{ name: policy.name, scope: 'total' as const, requestsPerSecond: total.requestsPerSecond }] : []),
      ...(forClient ? [{ name: policy.name, scope, requestsPerSecond: forClient.requestsPerSecond } as const] : []),
    ];
  };
}
