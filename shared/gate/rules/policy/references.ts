import { oncePer } from '../../../domain/once-per.ts';
import {
  groupKind,
  namespaceOf,
  type PolicyObject,
  type Ref,
  refersTo,
} from '../../../linkerd/policy/policy-object.ts';
import { INBOUND_ROUTE_KINDS, type ParentRef } from '../../../linkerd/policy/route.ts';
import type { StateIndex } from '../../state-index.ts';

/** A name in a policy that must be that of an object. */
export type Reference = {
  readonly field: string;
  /** `Server.policy.linkerd.io`. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** How the policy holds it: `targets`. */
  readonly verb: string;
  /** What Linkerd makes of one to nothing. */
  readonly effect: string;
  /** Whether it may name another namespace. */
  readonly crosses: boolean;
};

const SERVER = 'Server.policy.linkerd.io';
const TARGETS = [SERVER, ...INBOUND_ROUTE_KINDS];
const PROOFS = ['MeshTLSAuthentication.policy.linkerd.io', 'NetworkAuthentication.policy.linkerd.io'];
const PARENTS = [SERVER, 'EgressNetwork.policy.linkerd.io', 'Service.'];

const IDLE = 'so it does nothing';
/** Of a route with other parents. */
const IDLE_THERE = 'so it does nothing there';

type Spec = {
  readonly targetRef?: Ref;
  readonly requiredAuthenticationRefs?: readonly Ref[];
  readonly parentRefs?: readonly ParentRef[];
  readonly server?: { readonly name?: string };
};

/** Kinds that refer to others by name. */
export const REFERRING = [
  'AuthorizationPolicy.policy.linkerd.io',
  'HTTPLocalRateLimitPolicy.policy.linkerd.io',
  'ServerAuthorization.policy.linkerd.io',
  ...INBOUND_ROUTE_KINDS,
  'TLSRoute.gateway.networking.k8s.io',
  'TCPRoute.gateway.networking.k8s.io',
];

/**
 * What a policy refers to by name. Targets are of its own namespace whatever the reference says (oracle 14), and so must be a
 * route's Server (oracle 7); authentications, Services and EgressNetworks may be of another (reference 3.4).
 */
export const referencesOf = oncePer((object: PolicyObject): Reference[] => {
  const { targetRef, requiredAuthenticationRefs = [], parentRefs = [], server } = (object.spec ?? {}) as Spec;
  const own = namespaceOf(object);
  const target = targetRef && kindOf(targetRef, groupKind(object).startsWith('HTTPLocal') ? [SERVER] : TARGETS);
  const local = { namespace: own, crosses: false, effect: IDLE };
  return [
    ...(target && targetRef
      ? [{ ...local, field: 'spec.targetRef.name', kind: target, name: targetRef.name, verb: 'targets' }]
      : []),
    ...(server?.name === undefined
      ? []
      : [{ ...local, field: 'spec.server.name', kind: SERVER, name: server.name, verb: 'names' }]),
    ...requiredAuthenticationRefs.flatMap((ref, index) => {
      const kind = kindOf(ref, PROOFS);
      const field = `spec.requiredAuthenticationRefs[${index}].name`;
      const { name, namespace = own } = ref;
      const effect = 'so Linkerd ignores the whole policy and nobody is admitted by it';
      return kind === undefined ? [] : [{ field, kind, namespace, name, verb: 'requires', effect, crosses: true }];
    }),
    ...parentRefs.flatMap((ref, index) => {
      const kind = kindOf(ref, PARENTS);
      const { name, namespace = own } = ref;
      const crosses = kind !== SERVER;
      const parent = {
        field: `spec.parentRefs[${index}].name`,
        namespace,
        name,
        verb: 'hangs on',
        effect: parentRefs.length > 1 ? IDLE_THERE : IDLE,
        crosses,
      };
      return kind === undefined ? [] : [{ ...parent, kind }];
    }),
  ];
});

const kindOf = (ref: Ref, kinds: readonly string[]): string | undefined =>
  kinds.find((kind) => refersTo(ref, kind.slice(kind.indexOf('.') + 1), kind.slice(0, kind.indexOf('.'))));

/** Where what is referred to is: there, in other namespaces by name, or nowhere. */
export function whereabouts(reference: Reference, from: string, index: StateIndex): 'there' | readonly string[] {
  const { kind, namespace, name, crosses } = reference;
  const isRight = crosses || namespace === from;
  if (isRight && index.exists(kind, namespace, name)) return 'there';
  return index.elsewhere(kind, isRight ? namespace : '', name);
}

/** `MeshTLSAuthentication shop/web`. */
export const shownReference = ({ kind, namespace, name }: Reference): string =>
  `${kind.slice(0, kind.indexOf('.'))} ${namespace}/${name}`;
