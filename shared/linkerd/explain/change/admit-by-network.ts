import { alsoRequiredBy, type Candidate, type Case, policyOf, requirements, titleOf, withSpec } from './candidate.ts';

/** The address added to the networks a policy asks for. */
export function admitByNetwork({ state: { objects }, call, verdict }: Case): Candidate[] {
  const { address } = call.client;
  if (address === undefined) return [];
  const cidr = `${address}/${address.includes(':') ? 128 : 32}`;
  return verdict.failed.flatMap(({ authorization, clause }) => {
    const policy = policyOf(objects, authorization);
    if (policy === undefined || clause !== 'network') return [];
    return requirements(objects, policy, 'NetworkAuthentication').flatMap(({ object }) => {
      if (object === undefined) return [];
      const { networks = [] } = (object.spec ?? {}) as { readonly networks?: readonly object[] };
      const what = `add ${cidr} to the networks of ${titleOf(object)}${alsoRequiredBy(objects, object, policy)}`;
      return [{ what, objects: [withSpec(object, { networks: [...networks, { cidr }] })] }];
    });
  });
}
