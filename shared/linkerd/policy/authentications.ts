import { accountIdentity, type MeshSettings, namespaceIdentities } from './mesh-settings.ts';
import { type Network, toNetworks } from './network.ts';
import { namespaceOf, type PolicyObject, type Ref, refersTo } from './policy-object.ts';

/** The identities (patterns) a MeshTLSAuthentication admits; references stand for the identity they have (reference 3.4). */
export function meshTlsPatterns(object: PolicyObject, settings: MeshSettings): string[] {
  type Spec = { readonly identities?: readonly string[]; readonly identityRefs?: readonly Ref[] };
  const { identities = [], identityRefs = [] } = (object.spec ?? {}) as Spec;
  return [
    ...identities,
    ...identityRefs.flatMap((ref) => {
      if (refersTo(ref, '', 'Namespace')) return [`*.${namespaceIdentities(settings, ref.name)}`];
      if (!refersTo(ref, '', 'ServiceAccount')) return [];
      return [accountIdentity(settings, ref.namespace ?? namespaceOf(object), ref.name)];
    }),
  ];
}

export function networkAuthentication(object: PolicyObject): Network[] {
  type Spec = { readonly networks?: readonly { readonly cidr?: string; readonly except?: readonly string[] }[] };
  return toNetworks(((object.spec ?? {}) as Spec).networks ?? []);
}
