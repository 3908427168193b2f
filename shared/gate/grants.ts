import { oncePer } from '../domain/once-per.ts';
import { type BindingRow, takeBinding } from '../kubernetes/binding-row.ts';
import { type RoleRow, resolvedRules, takeRole } from '../kubernetes/role-row.ts';
import { powers } from '../kubernetes/role-rules.ts';
import type { Intake } from '../kubernetes/snapshot.ts';
import { groupOf, type PolicyObject } from '../linkerd/policy/policy-object.ts';

/** What one binding gives to one subject. */
export type Grant = {
  readonly subject: { readonly kind: string; readonly namespace: string | undefined; readonly name: string };
  /** `ClusterRoleBinding/admins`. */
  readonly binding: string;
  /** Where it holds; undefined = in the whole cluster. */
  readonly namespace: string | undefined;
  readonly role: { readonly kind: string; readonly name: string };
  /** Names of dangerous powers (shared/kubernetes/role-rules.ts); undefined = the role is not known. */
  readonly powers: readonly string[] | undefined;
  /** The binding's key (object-key.ts), and the role's. */
  readonly key: string;
  readonly roleKey: string;
  /** Where the binding names the subject: `subjects[2]`. */
  readonly field: string;
};

export const RBAC = 'rbac.authorization.k8s.io';

/** Every grant of RBAC among the objects, aggregated ClusterRoles resolved. */
export function grantsAmong(objects: readonly PolicyObject[]): Grant[] {
  const rbac = Map.groupBy(
    objects.filter(({ apiVersion }) => groupOf(apiVersion) === RBAC),
    ({ kind }) => kind,
  );
  const intake = { cluster: '' } as Intake;
  const rolesOf = (kind: RoleRow['kind']) => (rbac.get(kind) ?? []).map((object) => takeRole(kind)(object, intake));
  const clusterRoles = rolesOf('ClusterRole');
  const known = new Map([...clusterRoles, ...rolesOf('Role')].map((role) => [role.key, role]));
  const powersOf = oncePer((role: RoleRow) =>
    Object.entries(powers(resolvedRules(role, clusterRoles))).flatMap(([name, has]) => (has ? [name] : [])),
  );
  const bindingsOf = (kind: BindingRow['kind']) =>
    (rbac.get(kind) ?? []).filter(hasRole).map((one) => takeBinding(kind)(one, intake));
  return [...bindingsOf('ClusterRoleBinding'), ...bindingsOf('RoleBinding')].flatMap((binding) => {
    const { kind, namespace, name, roleRef } = binding;
    const role = known.get(
      roleRef.kind === 'Role' ? `/${namespace}/Role/${roleRef.name}` : `/ClusterRole/${roleRef.name}`,
    );
    return binding.subjects.map((subject, index) => ({
      subject: accountOf(subject, namespace),
      binding: `${kind}/${name}`,
      namespace,
      role: roleRef,
      powers: role && powersOf(role),
      key: `${kind}.${RBAC}/${namespace ?? '-'}/${name}`,
      roleKey: `${roleRef.kind}.${RBAC}/${roleRef.kind === 'Role' ? namespace : '-'}/${roleRef.name}`,
      field: `subjects[${index}]`,
    }));
  });
}

/** The API server refuses one without. */
export const hasRole = ({ roleRef }: PolicyObject): boolean => roleRef !== undefined && roleRef !== null;

/** A User named system:serviceaccount:<namespace>:<name> is that ServiceAccount (Kubernetes, authentication). */
function accountOf(subject: BindingRow['subjects'][number], inNamespace: string | undefined): Grant['subject'] {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject.name) ?? [];
  if (subject.kind === 'User' && namespace && name) return { kind: 'ServiceAccount', namespace, name };
  if (subject.kind !== 'ServiceAccount') return { kind: subject.kind, namespace: undefined, name: subject.name };
  return { kind: 'ServiceAccount', namespace: subject.namespace ?? inNamespace, name: subject.name };
}
