import { takeBinding } from '../../../kubernetes/binding-row.ts';
import type { Intake } from '../../../kubernetes/snapshot.ts';
import type { PolicyObject } from '../../../linkerd/policy/policy-object.ts';
import type { GateState } from '../../gate-state.ts';
import { type Grant, hasRole, RBAC } from '../../grants.ts';
import { objectKey, shownObject } from '../../object-key.ts';
import { type JudgedChange, stateRule, type Violation } from '../../rule.ts';
import { accountExists, accountKey, accountsAreTold, nearAccount } from '../../service-accounts.ts';
import { stateIndex } from '../../state-index.ts';
import { isSystemBinding } from './gravity.ts';

export const bindingToNobody = stateRule({
  id: 'binding-to-nobody',
  group: 'rbac',
  title: 'bindings name a role and subjects that exist',
  severity: 'medium',
  rationale:
    'The API server takes a binding without subjects, to a ServiceAccount that is not there, or of a role that is not there. It gives nothing now: those who were meant are refused, and whoever may create what is missing gets what it promises.',
  remedy: 'Correct the name, or delete the binding.',
  columns: ['binding', 'namespace', 'missing'],
  violations: (state, judged) => {
    const bindings = (['ClusterRoleBinding', 'RoleBinding'] as const).flatMap((kind) =>
      stateIndex(state)
        .of(`${kind}.${RBAC}`)
        .filter(hasRole)
        .map((object) => ({ object, row: takeBinding(kind)(object, { cluster: '' } as Intake) })),
    );
    const isQuiet = ({ object }: (typeof bindings)[number]): boolean =>
      isSystemBinding(`/${object.metadata.name}`) &&
      (judged.laid.given.get(objectKey(object))?.fate ?? 'unchanged') === 'unchanged';
    const [accounts, roles] = [accountsAreTold(judged), rolesAreTold(judged)];
    return [
      ...bindings.filter((one) => !isQuiet(one) && one.row.subjects.length === 0).map(({ object }) => empty(object)),
      ...state.grants.flatMap((grant) => (accounts ? missingAccount(grant, state) : [])),
      ...bindings
        .filter((one) => !isQuiet(one))
        .flatMap(({ object, row }) => (roles ? missingRole(object, row, state) : [])),
    ];
  },
});

/** Without a single ClusterRole the baseline does not know of RBAC: every cluster has many. */
const rolesAreTold = ({ baseline, before }: JudgedChange): boolean =>
  !baseline.unread.some((kind) => kind.endsWith(RBAC)) && stateIndex(before).of(`ClusterRole.${RBAC}`).length > 0;

const empty = (object: PolicyObject): Violation =>
  violation(
    object,
    'subjects',
    'subjects',
    'has no subjects and gives its role to nobody: name them, or delete it',
    'low',
  );

function missingAccount({ subject, binding, namespace, key, field }: Grant, state: GateState): Violation[] {
  const object = state.byKey.get(key);
  const { kind, namespace: home, name } = subject;
  if (object === undefined || isSystemBinding(binding)) return [];
  if (kind !== 'ServiceAccount' || home === undefined || accountExists(state, home, name)) return [];
  const near = nearAccount(state, home, name);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  const message = `binds ServiceAccount ${home}/${name}, which does not exist${hint}`;
  const { places, ...found } = violation(object, field, `ServiceAccount ${home}/${name}`, message);
  return [
    {
      ...found,
      places: [...places, { key: accountKey(home, name) }],
      row: { ...found.row, namespace: namespace ?? null },
    },
  ];
}

function missingRole(
  object: PolicyObject,
  { roleRef, namespace }: ReturnType<ReturnType<typeof takeBinding>>,
  state: GateState,
): Violation[] {
  const index = stateIndex(state);
  const kind = `${roleRef.kind}.${RBAC}`;
  const home = roleRef.kind === 'Role' ? (namespace ?? 'default') : 'default';
  if (index.exists(kind, home, roleRef.name)) return [];
  const near = index.near(kind, home, roleRef.name);
  const shown = roleRef.kind === 'Role' ? `Role ${home}/${roleRef.name}` : `ClusterRole ${roleRef.name}`;
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  const message = `gives ${shown}, which does not exist${hint}`;
  const { places, ...found } = violation(object, 'roleRef', shown, message);
  const roleKey = `${kind}/${roleRef.kind === 'Role' ? home : '-'}/${roleRef.name}`;
  return [{ ...found, places: [...places, { key: roleKey }] }];
}

function violation(
  object: PolicyObject,
  field: string,
  missing: string,
  message: string,
  severity: Violation['severity'] = 'medium',
): Violation {
  const key = objectKey(object);
  return {
    message: `${shownObject(object)} ${message}`,
    severity,
    places: [{ key, field }],
    fingerprint: [key, missing],
    row: {
      binding: `${object.kind}/${object.metadata.name}`,
      namespace: object.kind === 'RoleBinding' ? (object.metadata.namespace ?? 'default') : null,
      missing,
    },
  };
}
