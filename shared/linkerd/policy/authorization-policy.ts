import { nearest } from '../../domain/configuration/nearest.ts';
import { meshTlsPatterns, networkAuthentication } from './authentications.ts';
import type { Authentication, Authorization, AuthorizationRef, Authorizations } from './authorization.ts';
import { accountIdentity, type MeshSettings } from './mesh-settings.ts';
import { EVERYWHERE, type Network } from './network.ts';
import { namespaceOf, type PolicyObject, type Ref, refersTo } from './policy-object.ts';

/** MeshTLSAuthentications and NetworkAuthentications by `kind/namespace/name`: policies refer across namespaces. */
export type Authentications = ReadonlyMap<string, PolicyObject>;

export const authenticationKey = (kind: string, namespace: string, name: string): string =>
  `${kind}/${namespace}/${name}`;

const KINDS = ['MeshTLSAuthentication', 'NetworkAuthentication'];

/** The target of an AuthorizationPolicy; its namespace is always the policy's own (oracle 14: the field is dropped). */
export function targetOf(object: PolicyObject): Ref | undefined {
  const { targetRef } = (object.spec ?? {}) as { readonly targetRef?: Ref };
  return targetRef;
}

/** Policies that target a Server, or the namespace with all Servers in it (reference 3.4). */
export function guardsServer(object: PolicyObject, server: string): boolean {
  const target = targetOf(object);
  if (target === undefined) return false;
  if (refersTo(target, '', 'Namespace')) return target.name === namespaceOf(object);
  return refersTo(target, 'policy.linkerd.io', 'Server') && target.name === server;
}

/** The group must be the route's: HTTPRoutes of two groups are two kinds (oracle, rt-gw-wrong-group). */
export function guardsRoute(object: PolicyObject, route: { group: string; kind: string; name: string }): boolean {
  const target = targetOf(object);
  return target !== undefined && refersTo(target, route.group, route.kind) && target.name === route.name;
}

/**
 * One policy is one authorization: identities AND networks; no requirement at all admits everyone. What is missing voids the
 * whole policy (reference 3.4).
 */
export function toAuthorizations(
  policies: readonly PolicyObject[],
  authentications: Authentications,
  settings: MeshSettings,
): Authorizations {
  const read = policies.map((policy) => authorizationPolicy(policy, authentications, settings));
  return {
    valid: read.flatMap((one) => ('networks' in one ? [one] : [])),
    void: read.flatMap((one) => ('reason' in one ? [one] : [])),
  };
}

function authorizationPolicy(
  object: PolicyObject,
  authentications: Authentications,
  settings: MeshSettings,
): Authorization | { ref: AuthorizationRef; reason: string } {
  const ref = { kind: 'AuthorizationPolicy', namespace: namespaceOf(object), name: object.metadata.name } as const;
  const { requiredAuthenticationRefs = [] } = (object.spec ?? {}) as { requiredAuthenticationRefs?: readonly Ref[] };
  const byNetwork = requiredAuthenticationRefs.filter(({ kind }) => kind === 'NetworkAuthentication').length;
  if (byNetwork > 1 || requiredAuthenticationRefs.length - byNetwork > 1) {
    return { ref, reason: 'it requires more than one identity or more than one network' };
  }
  let authentication: Authentication = { kind: 'anyone' };
  let networks: readonly Network[] = EVERYWHERE;
  for (const required of requiredAuthenticationRefs) {
    if (refersTo(required, '', 'ServiceAccount')) {
      const account = accountIdentity(settings, required.namespace ?? ref.namespace, required.name);
      authentication = { kind: 'identities', patterns: [account] };
      continue;
    }
    const kind = KINDS.find((known) => refersTo(required, 'policy.linkerd.io', known));
    if (kind === undefined) return { ref, reason: `it requires a ${required.kind}, which Linkerd does not support` };
    const namespace = required.namespace ?? ref.namespace;
    const found = authentications.get(authenticationKey(kind, namespace, required.name));
    if (!found) return { ref, reason: missing(kind, namespace, required.name, authentications) };
    if (kind === 'NetworkAuthentication') networks = networkAuthentication(found);
    else authentication = { kind: 'identities', patterns: meshTlsPatterns(found, settings) };
  }
  return { ref, authentication, networks };
}

function missing(kind: string, namespace: string, name: string, authentications: Authentications): string {
  const ofKind = [...authentications.keys()].filter((key) => key.startsWith(`${kind}/`));
  const elsewhere = ofKind.find((key) => key.endsWith(`/${name}`));
  const near = elsewhere ?? nearest(authenticationKey(kind, namespace, name), ofKind);
  const hint = near ? `; did you mean ${near.split('/').slice(1).join('/')}?` : '';
  return `it requires ${kind} ${namespace}/${name}, which does not exist, so Linkerd ignores the whole policy${hint}`;
}
