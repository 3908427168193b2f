import { clusterWideKey } from '../domain/keys.ts';
import type { Entity, Relation } from '../domain/observation.ts';
import { type KubernetesObject, known } from './kubernetes-object.ts';
import { roleKey } from './role-row.ts';
import { serviceAccountKey } from './service-account-row.ts';
import type { Intake } from './snapshot.ts';

type Subject = { readonly kind: string; readonly name: string; readonly namespace?: string };
type RoleRef = { readonly kind: string; readonly name: string };

export type BindingRow = {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly namespace: string | undefined;
  readonly name: string;
  readonly roleRef: RoleRef;
  readonly subjects: readonly Subject[];
};

export function takeBinding(kind: BindingRow['kind']): (object: KubernetesObject, intake: Intake) => BindingRow {
  return ({ metadata, roleRef, subjects }) => ({
    kind,
    namespace: kind === 'RoleBinding' ? metadata.namespace : undefined,
    name: metadata.name,
    roleRef: roleRef as RoleRef,
    subjects: (subjects ?? []) as readonly Subject[],
  });
}

/** What bindings grant to whom. A RoleBinding to a ClusterRole holds in the binding's namespace only. */
export function bindingFacts(
  cluster: string,
  bindings: readonly BindingRow[],
): { entities: Entity[]; relations: Relation[] } {
  const entities = new Map<string, Entity>();
  const relations: Relation[] = [];
  for (const { kind, namespace, name, roleRef, subjects } of bindings) {
    const to = { label: 'Role', key: roleKey(cluster, roleRef.kind, namespace ?? '', roleRef.name) };
    for (const subject of subjects) {
      const from = subjectRef(cluster, subject, namespace);
      if (from.label === 'Subject') {
        const props = { name: subject.name, kind: subject.kind };
        entities.set(from.key, { ...from, family: 'bindings', props });
      }
      relations.push({
        type: 'BOUND_TO',
        from,
        to,
        family: 'bindings',
        props: known({ binding: `${kind}/${name}`, namespace }),
      });
    }
  }
  return { entities: [...entities.values()], relations };
}

/** A User named system:serviceaccount:<namespace>:<name> is that ServiceAccount (Kubernetes, authentication). */
function subjectRef(cluster: string, { kind, name, namespace }: Subject, inNamespace: string | undefined) {
  const [system, type, accountNamespace, account] = name.split(':');
  if (kind === 'User' && system === 'system' && type === 'serviceaccount' && accountNamespace && account) {
    return { label: 'ServiceAccount', key: serviceAccountKey(cluster, accountNamespace, account) };
  }
  if (kind === 'ServiceAccount') {
    return { label: 'ServiceAccount', key: serviceAccountKey(cluster, namespace ?? inNamespace ?? '', name) };
  }
  return { label: 'Subject', key: clusterWideKey(cluster, kind, name) };
}
