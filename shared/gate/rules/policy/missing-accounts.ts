import { soleOwner } from '../../../kubernetes/owners.ts';
import { serviceAccountOf } from '../../../kubernetes/pod-spec.ts';
import { namespaceOf, type PolicyObject } from '../../../linkerd/policy/policy-object.ts';
import { podField } from '../../access/pod-field.ts';
import type { GateState } from '../../gate-state.ts';
import { objectKey, shownObject } from '../../object-key.ts';
import { podSpecOf } from '../../pod-specs.ts';
import type { JudgedChange, Violation } from '../../rule.ts';
import { accountExists, accountKey, accountsAreTold, nearAccount } from '../../service-accounts.ts';

/** Workloads that the change writes, or whose ServiceAccount it deletes, and that run as a ServiceAccount which is not there. */
export function missingAccounts(state: GateState, judged: JudgedChange): Violation[] {
  if (!accountsAreTold(judged)) return [];
  const { given, removed } = judged.laid;
  return state.objects.flatMap((object) => {
    const spec = podSpecOf(object);
    if (spec === undefined || soleOwner(object.metadata)) return [];
    const [namespace, name] = [namespaceOf(object), serviceAccountOf(spec)];
    if (accountExists(state, namespace, name)) return [];
    const isOfChange = given.has(objectKey(object)) || removed.has(accountKey(namespace, name));
    return isOfChange ? [toViolation(object, namespace, name, state, judged)] : [];
  });
}

function toViolation(
  object: PolicyObject,
  namespace: string,
  name: string,
  state: GateState,
  { laid }: JudgedChange,
): Violation {
  const key = objectKey(object);
  const account = accountKey(namespace, name);
  const near = nearAccount(state, namespace, name);
  const gone = laid.removed.has(account) ? 'which the change deletes' : 'which does not exist';
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return {
    message: `${shownObject(object)} runs as ServiceAccount ${namespace}/${name}, ${gone}, so no new pod of it starts${hint}`,
    severity: 'low',
    places: [{ key, field: podField(object, 'spec.serviceAccountName') }, { key: account }],
    fingerprint: [key, account],
    row: {
      object: shownObject(object),
      namespace,
      kind: object.kind,
      refersTo: `ServiceAccount ${namespace}/${name}`,
    },
  };
}
