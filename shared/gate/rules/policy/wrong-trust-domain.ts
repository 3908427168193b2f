import { isSpiffe } from '../../../linkerd/policy/identity-pattern.ts';
import { namespaceOf } from '../../../linkerd/policy/policy-object.ts';
import type { GateState } from '../../gate-state.ts';
import { objectKey, shownObject } from '../../object-key.ts';
import { stateRule, type Violation } from '../../rule.ts';
import { stateIndex } from '../../state-index.ts';
import { type NamedIdentity, namedIdentities } from './named-identities.ts';
import { linkedTails, ownTail, spiffeDomain, spiffeDomains, tailOf } from './trust-domains.ts';

export const wrongTrustDomain = stateRule({
  id: 'wrong-trust-domain',
  group: 'policy',
  title: 'identities in policies are of this mesh or of one it is linked to',
  severity: 'high',
  rationale:
    'An identity ends in the control plane’s namespace and the trust domain (reference 2). One with another end is carried by no proxy of this mesh, so whoever was to be admitted by it is denied. Usual cause: a manifest of another cluster. A SPIFFE id is judged by the trust domain of the ExternalWorkloads.',
  remedy:
    'Write the end this mesh has, or refer to the ServiceAccount under identityRefs and let Linkerd build the identity.',
  columns: ['object', 'namespace', 'kind', 'identity', 'expected'],
  violations: (state) => {
    const index = stateIndex(state);
    const expected = expectedDomain(state, linkedTails(index));
    return namedIdentities(index).flatMap((one) => {
      const { named } = one;
      const wanted = named.kind === 'identity' ? expected(named.text) : undefined;
      return wanted === undefined || named.kind !== 'identity' ? [] : [toViolation(one, named.text, wanted)];
    });
  },
});

type Wanted = { readonly domain: string; readonly meant: string };

/** What the identity would have to be; undefined where its end is right or it has none. */
function expectedDomain(state: GateState, linked: ReadonlySet<string>): (identity: string) => Wanted | undefined {
  const own = ownTail(state.policies.settings);
  const domains = spiffeDomains(state);
  return (identity) => {
    if (isSpiffe(identity)) {
      const [domain = ''] = domains;
      const given = spiffeDomain(identity);
      return domains.has(given) ? undefined : { domain, meant: identity.replace(given, domain) };
    }
    const tail = tailOf(identity);
    if (tail === undefined || tail === own || linked.has(tail)) return undefined;
    return { domain: own, meant: `${identity.slice(0, -tail.length)}${own}` };
  };
}

function toViolation({ object, field }: NamedIdentity, identity: string, { domain, meant }: Wanted): Violation {
  const key = objectKey(object);
  const what = isSpiffe(identity) ? 'trust domain' : 'control plane namespace and trust domain';
  return {
    message: `${shownObject(object)} admits ${identity}, which nobody carries here: the ${what} of this mesh is ${domain}; did you mean ${meant}?`,
    places: [{ key, field }],
    fingerprint: [key, identity],
    row: {
      object: shownObject(object),
      namespace: namespaceOf(object),
      kind: object.kind,
      identity,
      expected: meant,
    },
  };
}
