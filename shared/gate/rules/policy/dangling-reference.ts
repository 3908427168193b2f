import { pairs } from '../../../kubernetes/kubernetes-object.ts';
import { type LabelSelector, labelsOf, selects } from '../../../kubernetes/label-selector.ts';
import { namespaceOf, type PolicyObject } from '../../../linkerd/policy/policy-object.ts';
import type { GateState } from '../../gate-state.ts';
import { objectKey, shownObject } from '../../object-key.ts';
import { type JudgedChange, stateRule, type Violation } from '../../rule.ts';
import { stateIndex } from '../../state-index.ts';
import { missingAccounts } from './missing-accounts.ts';
import { REFERRING, type Reference, referencesOf, shownReference, whereabouts } from './references.ts';

export const danglingReference = stateRule({
  id: 'dangling-reference',
  group: 'policy',
  title: 'what policies, routes and workloads refer to exists',
  severity: 'high',
  rationale:
    'A policy that requires what does not exist is ignored whole (reference 3.4), so that callers it admitted are denied; one that targets what does not exist does nothing. Neither the API server nor Linkerd refuses it. Of workloads of the change the ServiceAccount they run as is looked for too: without it no pod starts.',
  remedy: 'Correct the name, add what is missing, or keep what others still refer to.',
  columns: ['object', 'namespace', 'kind', 'refersTo'],
  violations: (state, judged) => [...ofPolicies(state, judged), ...missingAccounts(state, judged)],
});

function ofPolicies(state: GateState, judged: JudgedChange): Violation[] {
  const index = stateIndex(state);
  const unread = new Set(judged.baseline.unread.map((kind) => UNREAD[kind] ?? kind));
  return REFERRING.flatMap((kind) =>
    index.of(kind).flatMap((object) => [
      ...referencesOf(object).flatMap((reference) => {
        if (unread.has(reference.kind)) return [];
        const found = whereabouts(reference, namespaceOf(object), index);
        if (found === 'there' || found.length > 0) return [];
        return [
          toViolation(object, reference, judged, index.near(reference.kind, reference.namespace, reference.name)),
        ];
      }),
      ...selectingNoServer(object, state),
    ]),
  );
}

/** Of kinds that references name, those that a source may leave unread and go on. */
const UNREAD: Readonly<Record<string, string>> = { services: 'Service.' };

function toViolation(object: PolicyObject, reference: Reference, { laid }: JudgedChange, near?: string): Violation {
  const key = objectKey(object);
  const target = `${reference.kind}/${reference.namespace}/${reference.name}`;
  const wanted = shownReference(reference);
  const gone = laid.removed.has(target) ? 'which the change deletes' : 'which does not exist';
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return {
    message: `${shownObject(object)} ${reference.verb} ${wanted}, ${gone}, ${reference.effect}${hint}`,
    places: [{ key, field: reference.field }, { key: target }],
    fingerprint: [key, target],
    row: { object: shownObject(object), namespace: namespaceOf(object), kind: object.kind, refersTo: wanted },
  };
}

/** A ServerAuthorization may choose Servers by their own labels (reference 3.4). */
function selectingNoServer(object: PolicyObject, state: GateState): Violation[] {
  if (object.kind !== 'ServerAuthorization') return [];
  const { server } = (object.spec ?? {}) as { readonly server?: { name?: string; selector?: LabelSelector } };
  const { name, selector } = server ?? {};
  if (name !== undefined || selector === undefined) return [];
  const namespace = namespaceOf(object);
  const servers = stateIndex(state).inNamespace('Server.policy.linkerd.io', namespace);
  if (servers.some(({ metadata }) => selects(selector, labelsOf(pairs(metadata.labels))))) return [];
  const key = objectKey(object);
  const wanted = pairs(selector.matchLabels).join(', ') || 'its selector';
  return [
    {
      message: `${shownObject(object)} selects no Server: none in ${namespace} carries ${wanted}, so it admits nobody; write labels that a Server has, or server.name`,
      places: [{ key, field: 'spec.server.selector' }],
      fingerprint: [key, 'selector'],
      row: { object: shownObject(object), namespace, kind: object.kind, refersTo: `Server ${namespace}/(${wanted})` },
    },
  ];
}
