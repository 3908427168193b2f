import type { PolicyObject } from '../../policy/policy-object.ts';
import { alsoRequiredBy, type Candidate, type Case, policyOf, requirements, titleOf, withSpec } from './candidate.ts';
import { withIdentity } from './identity-list.ts';
import { meshTlsAuthentication } from './new-objects.ts';

/** The identity added to what a policy asks for, or what a policy requires and does not exist made, with it alone. */
export function admitByIdentity({ state: { objects, policies }, call, verdict }: Case): Candidate[] {
  const { identity } = call.client;
  if (identity === undefined) return [];
  return verdict.failed.flatMap(({ authorization, clause }) => {
    const policy = policyOf(objects, authorization);
    if (policy === undefined || clause === 'network') return [];
    if (policy.kind === 'ServerAuthorization')
      return clause === 'identity' ? toServerAuthorization(policy, identity) : [];
    return requirements(objects, policy, 'MeshTLSAuthentication').flatMap(({ object, ref, namespace }): Candidate[] => {
      if (clause === 'identity' && object) {
        const changed = withIdentity(object, identity, policies.settings);
        const what = `add ${identity} to ${titleOf(object)}${alsoRequiredBy(objects, object, policy)}`;
        return changed ? [{ what, objects: [changed] }] : [];
      }
      if (clause !== 'reference' || object) return [];
      const made = meshTlsAuthentication(namespace, ref.name, identity);
      return [
        {
          what: `make ${titleOf(made)}, which ${titleOf(policy)} requires, with the identity ${identity}`,
          objects: [made],
        },
      ];
    });
  });
}

function toServerAuthorization(policy: PolicyObject, identity: string): Candidate[] {
  type Client = { readonly meshTLS?: { readonly identities?: readonly string[] } };
  const { client = {} } = (policy.spec ?? {}) as { readonly client?: Client };
  const meshTLS = { ...client.meshTLS, identities: [...(client.meshTLS?.identities ?? []), identity] };
  return [
    {
      what: `add ${identity} to client.meshTLS.identities of ${titleOf(policy)}`,
      objects: [withSpec(policy, { client: { ...client, meshTLS } })],
    },
  ];
}
