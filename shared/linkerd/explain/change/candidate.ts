import type { AuthorizationRef } from '../../policy/authorization.ts';
import type { Call } from '../../policy/call.ts';
import { groupKind, namespaceOf, type PolicyObject, type Ref, refersTo } from '../../policy/policy-object.ts';
import type { Verdict } from '../../policy/verdict.ts';
import type { MeshState } from '../mesh-state.ts';

/** A call, and the verdict that is to be turned. */
export type Case = { readonly state: MeshState; readonly call: Call; readonly verdict: Verdict };

/** Something one could do: these objects instead of what has their names, and those gone. */
export type Candidate = {
  readonly what: string;
  readonly objects: readonly PolicyObject[];
  readonly without?: readonly PolicyObject[];
  /** The call as it would be then, where it would be another. */
  readonly call?: Call;
};

export const objectKey = (object: PolicyObject): string =>
  `${groupKind(object)}/${namespaceOf(object)}/${object.metadata.name}`;

export const sameObject = (a: PolicyObject, b: PolicyObject): boolean => objectKey(a) === objectKey(b);

export const titleOf = (object: PolicyObject): string =>
  `${object.kind} ${namespaceOf(object)}/${object.metadata.name}`;

type Named = { readonly kind: string; readonly namespace: string; readonly name: string };

export const findObject = (
  objects: readonly PolicyObject[],
  { kind, namespace, name }: Named,
): PolicyObject | undefined =>
  objects.find((one) => one.kind === kind && one.metadata.name === name && namespaceOf(one) === namespace);

/** The policy an authorization stands for; the defaults of Linkerd are none. */
export const policyOf = (objects: readonly PolicyObject[], ref: AuthorizationRef): PolicyObject | undefined =>
  ref.kind === 'default' ? undefined : findObject(objects, ref);

type Required = { readonly ref: Ref; readonly object: PolicyObject | undefined; readonly namespace: string };

/** The authentications of a kind an AuthorizationPolicy requires, found or not. */
export function requirements(objects: readonly PolicyObject[], policy: PolicyObject, kind: string): Required[] {
  const { requiredAuthenticationRefs = [] } = (policy.spec ?? {}) as { requiredAuthenticationRefs?: readonly Ref[] };
  return requiredAuthenticationRefs
    .filter((ref) => refersTo(ref, 'policy.linkerd.io', kind))
    .map((ref) => {
      const namespace = ref.namespace ?? namespaceOf(policy);
      return { ref, namespace, object: findObject(objects, { kind, namespace, name: ref.name }) };
    });
}

/** Who else requires an authentication, in words: a change of it is a change of theirs. */
export function alsoRequiredBy(
  objects: readonly PolicyObject[],
  authentication: PolicyObject,
  but: PolicyObject,
): string {
  const others = objects
    .filter((one) => one.kind === 'AuthorizationPolicy' && !sameObject(one, but))
    .filter((one) => requirements(objects, one, authentication.kind).some(({ object }) => object === authentication));
  return others.length === 0
    ? ''
    : `, which ${others.map(titleOf).join(', ')} ${others.length === 1 ? 'requires' : 'require'} too`;
}

/** The object with other fields in its spec. */
export const withSpec = (object: PolicyObject, fields: object): PolicyObject => ({
  ...object,
  spec: { ...(object.spec as object | undefined), ...fields },
});
