import { namespaceOf, type PolicyObject } from '../../../linkerd/policy/policy-object.ts';
import { objectKey, shownObject } from '../../object-key.ts';
import { stateRule, type Violation } from '../../rule.ts';
import { stateIndex } from '../../state-index.ts';
import { REFERRING, type Reference, referencesOf, shownReference, whereabouts } from './references.ts';

export const policyInWrongNamespace = stateRule({
  id: 'policy-in-wrong-namespace',
  group: 'policy',
  title: 'policies stand where what they refer to is',
  severity: 'high',
  rationale:
    'What the policy refers to is there, in another namespace. Targets are looked for in the policy’s own namespace only (reference 3.4), a route’s Server likewise (oracle 7); an authentication may be of another namespace but must say so. As written, the reference leads to nothing and Linkerd says nothing about it.',
  remedy:
    'Move the policy to the namespace of its target, or name the namespace of the authentication in the reference.',
  columns: ['object', 'namespace', 'kind', 'refersTo', 'elsewhere'],
  violations: (state) => {
    const index = stateIndex(state);
    return REFERRING.flatMap((kind) =>
      index.of(kind).flatMap((object) =>
        referencesOf(object).flatMap((reference) => {
          const found = whereabouts(reference, namespaceOf(object), index);
          return found === 'there' || found.length === 0 ? [] : [toViolation(object, reference, found)];
        }),
      ),
    );
  },
});

function toViolation(object: PolicyObject, reference: Reference, elsewhere: readonly string[]): Violation {
  const { field, kind, name, verb, crosses, effect } = reference;
  const key = objectKey(object);
  const wanted = shownReference(reference);
  const [home = '', ...others] = elsewhere;
  const also = others.length > 0 ? ` (and ${others.join(', ')})` : '';
  const cure = crosses
    ? `write namespace: ${home} in the reference`
    : home === namespaceOf(object)
      ? 'leave the namespace out of the reference'
      : `move it to namespace ${home}`;
  return {
    message: `${shownObject(object)} ${verb} ${wanted}, but ${name} is in namespace ${home}${also}, ${effect}: ${cure}`,
    places: [{ key, field }, ...elsewhere.map((namespace) => ({ key: `${kind}/${namespace}/${name}` }))],
    fingerprint: [key, kind, reference.namespace, name],
    row: {
      object: shownObject(object),
      namespace: namespaceOf(object),
      kind: object.kind,
      refersTo: wanted,
      elsewhere: [...elsewhere],
    },
  };
}
