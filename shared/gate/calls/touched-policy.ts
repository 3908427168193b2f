import { authenticationKey, targetOf } from '../../linkerd/policy/authorization-policy.ts';
import { groupKind, namespaceOf, type PolicyObject, type Ref, refersTo } from '../../linkerd/policy/policy-object.ts';
import { ROUTE_KINDS } from '../../linkerd/policy/route.ts';
import type { Touched } from './touched.ts';

type Sets = { readonly servers: Set<string>; readonly namespaces: Set<string>; readonly egress: Set<string> };

type Spec = {
  readonly server?: { readonly name?: string };
  readonly parentRefs?: readonly Ref[];
  readonly requiredAuthenticationRefs?: readonly Ref[];
};
const specOf = ({ spec }: PolicyObject): Spec => (spec ?? {}) as Spec;

const AUTHORIZATION_POLICY = 'AuthorizationPolicy.policy.linkerd.io';
const AUTHENTICATION = /^(MeshTLS|Network)Authentication\.policy\.linkerd\.io$/;
const ROUTES: ReadonlySet<string> = new Set(ROUTE_KINDS);

type Of = (kind: string) => readonly PolicyObject[];

/** The Servers and networks over which the objects that differ decide, directly or through what refers to them. `of` = both sides. */
export function touchedPolicy(differing: readonly PolicyObject[], of: Of): Pick<Touched, keyof Sets> {
  const sets: Sets = { servers: new Set(), namespaces: new Set(), egress: new Set() };
  const policies = new Set([
    ...differing.filter((object) => groupKind(object) === AUTHORIZATION_POLICY),
    ...requiring(
      differing.filter((object) => AUTHENTICATION.test(groupKind(object))),
      of,
    ),
  ]);
  for (const policy of policies) addTarget(policy, sets);
  for (const object of [...differing, ...guardedBy(policies, of)]) {
    const kind = groupKind(object);
    if (kind === 'Server.policy.linkerd.io') sets.servers.add(`${namespaceOf(object)}/${object.metadata.name}`);
    if (kind === 'ServerAuthorization.policy.linkerd.io') addAuthorized(object, sets);
    if (kind === 'EgressNetwork.policy.linkerd.io') sets.egress.add(namespaceOf(object));
    if (ROUTES.has(kind)) addParents(object, sets);
  }
  return sets;
}

function requiring(authentications: readonly PolicyObject[], of: Of): PolicyObject[] {
  const keys = new Set(authentications.map((one) => authenticationKey(one.kind, namespaceOf(one), one.metadata.name)));
  if (keys.size === 0) return [];
  return of(AUTHORIZATION_POLICY).filter((object) =>
    (specOf(object).requiredAuthenticationRefs ?? []).some(({ kind = '', namespace = namespaceOf(object), name }) =>
      keys.has(authenticationKey(kind, namespace, name)),
    ),
  );
}

/** Routes that policies target. */
function guardedBy(policies: ReadonlySet<PolicyObject>, of: Of): PolicyObject[] {
  const names = new Set(
    [...policies].flatMap((policy) => {
      const { kind = '', name } = targetOf(policy) ?? { name: '' };
      return /route$/i.test(kind) ? [`${kind.toLowerCase()}/${namespaceOf(policy)}/${name}`] : [];
    }),
  );
  if (names.size === 0) return [];
  return ROUTE_KINDS.flatMap(of).filter((object) =>
    names.has(`${object.kind.toLowerCase()}/${namespaceOf(object)}/${object.metadata.name}`),
  );
}

function addTarget(policy: PolicyObject, { servers, namespaces }: Sets): void {
  const target = targetOf(policy);
  if (target && refersTo(target, '', 'Namespace')) namespaces.add(namespaceOf(policy));
  if (target && refersTo(target, 'policy.linkerd.io', 'Server')) servers.add(`${namespaceOf(policy)}/${target.name}`);
}

/** By name, or by labels of Servers, which may be any. */
function addAuthorized(object: PolicyObject, { servers, namespaces }: Sets): void {
  const { name } = specOf(object).server ?? {};
  if (name === undefined) namespaces.add(namespaceOf(object));
  else servers.add(`${namespaceOf(object)}/${name}`);
}

function addParents(route: PolicyObject, { servers, egress }: Sets): void {
  const own = namespaceOf(route);
  for (const parent of specOf(route).parentRefs ?? []) {
    if (refersTo(parent, 'policy.linkerd.io', 'Server')) servers.add(`${own}/${parent.name}`);
    if (!refersTo(parent, 'policy.linkerd.io', 'EgressNetwork')) continue;
    egress.add(own);
    egress.add(parent.namespace ?? own);
  }
}
