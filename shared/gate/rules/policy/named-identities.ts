import { oncePer } from '../../../domain/once-per.ts';
import {
  groupKind,
  namespaceOf,
  type PolicyObject,
  type Ref,
  refersTo,
} from '../../../linkerd/policy/policy-object.ts';
import type { StateIndex } from '../../state-index.ts';

/** Who a policy names: a ServiceAccount, all those of a namespace, or an identity as a proxy shows it. */
export type Named =
  | { readonly kind: 'account'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'identity'; readonly text: string };

export type NamedIdentity = { readonly object: PolicyObject; readonly field: string; readonly named: Named };

type Account = { readonly name: string; readonly namespace?: string };
type Spec = {
  readonly identities?: readonly string[];
  readonly identityRefs?: readonly Ref[];
  readonly requiredAuthenticationRefs?: readonly Ref[];
  readonly overrides?: readonly { readonly clientRefs?: readonly Ref[] }[];
  readonly client?: {
    readonly meshTLS?: { readonly identities?: readonly string[]; readonly serviceAccounts?: readonly Account[] };
  };
};

const NAMING = [
  'MeshTLSAuthentication.policy.linkerd.io',
  'AuthorizationPolicy.policy.linkerd.io',
  'ServerAuthorization.policy.linkerd.io',
  'HTTPLocalRateLimitPolicy.policy.linkerd.io',
];

/** Everybody that policy names, with where it is written. */
export const namedIdentities = (index: StateIndex): NamedIdentity[] =>
  NAMING.flatMap((kind) => index.of(kind).flatMap(namedBy));

const namedBy = oncePer((object: PolicyObject): NamedIdentity[] => {
  const {
    identities = [],
    identityRefs = [],
    requiredAuthenticationRefs = [],
    overrides = [],
    client,
  } = (object.spec ?? {}) as Spec;
  const { identities: own = [], serviceAccounts = [] } = client?.meshTLS ?? {};
  const home = namespaceOf(object);
  const at = (field: string) => (named: Named | undefined, index: number) =>
    named ? [{ object, field: `${field}[${index}]`, named }] : [];
  const refs = (list: readonly Ref[], field: string) =>
    list.flatMap((ref, index) => at(field)(referred(ref, home), index));
  const texts = (list: readonly string[], field: string) =>
    list.flatMap((text, index) => at(field)({ kind: 'identity', text }, index));
  const isTls = groupKind(object).startsWith('MeshTLS');
  return [
    ...(isTls ? [...texts(identities, 'spec.identities'), ...refs(identityRefs, 'spec.identityRefs')] : []),
    ...refs(requiredAuthenticationRefs, 'spec.requiredAuthenticationRefs'),
    ...overrides.flatMap(({ clientRefs = [] }, index) => refs(clientRefs, `spec.overrides[${index}].clientRefs`)),
    ...texts(own, 'spec.client.meshTLS.identities'),
    ...serviceAccounts.flatMap(({ name, namespace = home }, index) =>
      at('spec.client.meshTLS.serviceAccounts')({ kind: 'account', namespace, name }, index),
    ),
  ];
});

function referred(ref: Ref, home: string): Named | undefined {
  if (refersTo(ref, '', 'Namespace')) return { kind: 'namespace', name: ref.name };
  return refersTo(ref, '', 'ServiceAccount')
    ? { kind: 'account', namespace: ref.namespace ?? home, name: ref.name }
    : undefined;
}
