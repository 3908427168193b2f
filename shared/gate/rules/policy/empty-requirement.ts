import { parseCidr } from '../../../linkerd/policy/address.ts';
import { targetOf } from '../../../linkerd/policy/authorization-policy.ts';
import { namespaceOf, type PolicyObject, type Ref } from '../../../linkerd/policy/policy-object.ts';
import { objectKey, shownObject } from '../../object-key.ts';
import { stateRule, type Violation } from '../../rule.ts';
import { type StateIndex, stateIndex } from '../../state-index.ts';

export const emptyRequirement = stateRule({
  id: 'empty-requirement',
  group: 'policy',
  title: 'no policy admits everybody',
  severity: 'high',
  rationale:
    'An AuthorizationPolicy without requirements admits everyone, also without mesh; so does one that requires no more than the network 0.0.0.0/0 or ::/0, and a ServerAuthorization for unauthenticated clients. The identity `*` admits every meshed workload of the cluster and of linked ones: low, for it may be meant. A network of all addresses is low by itself: beside an identity it does no harm (reference 3.4).',
  remedy:
    'Require a MeshTLSAuthentication that names the callers. Where the world is meant (an ingress, probes), except the policy with the reason.',
  columns: ['object', 'namespace', 'kind', 'admits'],
  violations: (state) => {
    const index = stateIndex(state);
    const everywhere = networksOfAll(index);
    return [
      ...index.of('AuthorizationPolicy.policy.linkerd.io').flatMap((object) => ofPolicy(object, everywhere)),
      ...index.of('MeshTLSAuthentication.policy.linkerd.io').flatMap(ofIdentities),
      ...[...everywhere.values()].map(ofNetwork),
      ...index.of('ServerAuthorization.policy.linkerd.io').flatMap(ofServerAuthorization),
    ];
  },
});

type Network = { readonly cidr?: string; readonly except?: readonly string[] };

const proofsOf = ({ spec }: PolicyObject): readonly Ref[] | undefined =>
  ((spec ?? {}) as { readonly requiredAuthenticationRefs?: readonly Ref[] }).requiredAuthenticationRefs;

function ofPolicy(object: PolicyObject, everywhere: ReadonlyMap<string, Everywhere>): Violation[] {
  const proofs = proofsOf(object);
  if (proofs === undefined || proofs.length > 1) return [];
  const [first] = proofs;
  const { kind = '', name = '' } = targetOf(object) ?? {};
  const target = kind.toLowerCase() === 'namespace' ? `every Server of namespace ${name}` : `${kind} ${name}`;
  const opens = `so everyone may call ${target}, also without mesh: require a MeshTLSAuthentication`;
  const field = 'spec.requiredAuthenticationRefs';
  if (first === undefined) return [violation(object, field, 'everyone', `it requires nothing, ${opens}`)];
  const network =
    first.kind === 'NetworkAuthentication' && everywhere.get(`${first.namespace ?? namespaceOf(object)}/${first.name}`);
  if (!network) return [];
  const message = `it requires only ${shownObject(network.object)}, which is every address (${network.cidr}), ${opens} too`;
  const { places, ...found } = violation(object, `${field}[0]`, 'everyone', message);
  return [{ ...found, places: [...places, { key: objectKey(network.object), field: network.field }] }];
}

function ofIdentities(object: PolicyObject): Violation[] {
  const { identities = [] } = (object.spec ?? {}) as { readonly identities?: readonly string[] };
  return identities.flatMap((identity, at) => {
    if (identity !== '*') return [];
    const message = 'it admits `*`, every meshed workload whatever its ServiceAccount: name the callers';
    return [violation(object, `spec.identities[${at}]`, 'every identity', message, 'low')];
  });
}

type Everywhere = { readonly object: PolicyObject; readonly field: string; readonly cidr: string };

/** Networks of all addresses, by `namespace/name`. */
function networksOfAll(index: StateIndex): ReadonlyMap<string, Everywhere> {
  return new Map(
    index.of('NetworkAuthentication.policy.linkerd.io').flatMap((object) => {
      const { networks = [] } = (object.spec ?? {}) as { readonly networks?: readonly Network[] };
      const at = networks.findIndex(isEverywhere);
      if (at < 0) return [];
      const name = `${namespaceOf(object)}/${object.metadata.name}`;
      return [[name, { object, field: `spec.networks[${at}].cidr`, cidr: networks[at]?.cidr ?? '' }]];
    }),
  );
}

const ofNetwork = ({ object, field, cidr }: Everywhere): Violation =>
  violation(object, field, 'every address', `${cidr} is every address: it restricts nothing`, 'low');

const isEverywhere = ({ cidr = '', except = [] }: Network): boolean =>
  except.length === 0 && parseCidr(cidr)?.length === 0;

function ofServerAuthorization(object: PolicyObject): Violation[] {
  type Client = {
    readonly unauthenticated?: boolean;
    readonly networks?: readonly Network[];
    readonly meshTLS?: { readonly unauthenticatedTLS?: boolean };
  };
  const { client } = (object.spec ?? {}) as { readonly client?: Client };
  const everywhere = client?.networks?.some(isEverywhere) ?? false;
  const some = (client?.networks?.length ?? 0) > 0 ? 'its networks' : 'clusterNetworks';
  if (client?.unauthenticated) {
    const message = `it admits unauthenticated clients of ${everywhere ? 'every address' : some}: name identities under client.meshTLS`;
    return [violation(object, 'spec.client.unauthenticated', 'everyone', message, everywhere ? 'high' : 'medium')];
  }
  if (!client?.meshTLS?.unauthenticatedTLS) return [];
  const message = `it admits every client with mesh TLS of ${everywhere ? 'every address' : some}: name identities instead`;
  return [violation(object, 'spec.client.meshTLS.unauthenticatedTLS', 'every identity', message, 'low')];
}

function violation(
  object: PolicyObject,
  field: string,
  admits: string,
  message: string,
  severity: Violation['severity'] = 'high',
): Violation {
  const key = objectKey(object);
  return {
    message: `${shownObject(object)}: ${message}`,
    severity,
    places: [{ key, field }],
    fingerprint: [key, admits],
    row: { object: shownObject(object), namespace: namespaceOf(object), kind: object.kind, admits },
  };
}
