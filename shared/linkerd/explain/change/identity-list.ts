import { accountIdentity, type MeshSettings } from '../../policy/mesh-settings.ts';
import { namespaceOf, type PolicyObject, type Ref, refersTo } from '../../policy/policy-object.ts';
import { withSpec } from './candidate.ts';

type Lists = { readonly identities?: readonly string[]; readonly identityRefs?: readonly Ref[] };

const listsOf = ({ spec }: PolicyObject): Lists => (spec ?? {}) as Lists;

/** A MeshTLSAuthentication with one identity more; it may list identities or refer to ServiceAccounts, never both. */
export function withIdentity(object: PolicyObject, identity: string, settings: MeshSettings): PolicyObject | undefined {
  const { identities = [], identityRefs } = listsOf(object);
  if (identityRefs === undefined) return withSpec(object, { identities: [...identities, identity] });
  const [name = '', namespace = ''] = identity.split('.');
  if (accountIdentity(settings, namespace, name) !== identity) return undefined;
  return withSpec(object, { identityRefs: [...identityRefs, { kind: 'ServiceAccount', name, namespace }] });
}

/** The same with one identity less, where it is listed by itself and beside others. */
export function withoutIdentity(
  object: PolicyObject,
  identity: string,
  settings: MeshSettings,
): PolicyObject | undefined {
  const { identities = [], identityRefs = [] } = listsOf(object);
  const isOther = (ref: Ref): boolean =>
    !refersTo(ref, '', 'ServiceAccount') ||
    accountIdentity(settings, ref.namespace ?? namespaceOf(object), ref.name) !== identity;
  const others = identities.filter((one) => one !== identity);
  if (others.length > 0 && others.length < identities.length) return withSpec(object, { identities: others });
  const refs = identityRefs.filter(isOther);
  return refs.length > 0 && refs.length < identityRefs.length ? withSpec(object, { identityRefs: refs }) : undefined;
}
