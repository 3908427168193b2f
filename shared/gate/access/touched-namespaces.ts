import { authenticationKey } from '../../linkerd/policy/authorization-policy.ts';
import { namespaceOf, type PolicyObject, type Ref } from '../../linkerd/policy/policy-object.ts';
import type { LaidOver } from '../lay-over.ts';
import { isClusterWide } from '../object-key.ts';
import type { JudgedChange } from '../rule.ts';

/** Namespaces in which a change may alter who may call whom; `all` where it alters the control plane's settings. */
export function touchedNamespaces({ before, after, laid }: JudgedChange): ReadonlySet<string> | 'all' {
  if (JSON.stringify(before.policies.settings) !== JSON.stringify(after.policies.settings)) return 'all';
  const touched = touchedObjects(laid);
  const namespaces = touched.flatMap((object) => {
    if (object.kind === 'Namespace') return [object.metadata.name];
    return isClusterWide(object) ? [] : [namespaceOf(object)];
  });
  const authentications = new Set(
    touched
      .filter(({ kind }) => kind === 'MeshTLSAuthentication' || kind === 'NetworkAuthentication')
      .map((object) => authenticationKey(object.kind, namespaceOf(object), object.metadata.name)),
  );
  if (authentications.size === 0) return new Set(namespaces);
  const requiring = [...before.objects, ...after.objects].filter((object) => requiresOneOf(object, authentications));
  return new Set([...namespaces, ...requiring.map(namespaceOf)]);
}

/** What the change adds, alters or deletes. */
const touchedObjects = ({ given, removed }: LaidOver): PolicyObject[] => [
  ...[...given.values()].flatMap(({ placed, fate }) => (fate === 'unchanged' ? [] : [placed.object])),
  ...removed.values(),
];

/** Policies may require authentications of other namespaces. */
function requiresOneOf(object: PolicyObject, authentications: ReadonlySet<string>): boolean {
  if (object.kind !== 'AuthorizationPolicy') return false;
  const { requiredAuthenticationRefs } = (object.spec ?? {}) as { readonly requiredAuthenticationRefs?: unknown };
  if (!Array.isArray(requiredAuthenticationRefs)) return false;
  return (requiredAuthenticationRefs as readonly Partial<Ref>[]).some(({ kind = '', namespace, name = '' }) =>
    authentications.has(authenticationKey(kind, namespace ?? namespaceOf(object), name)),
  );
}
