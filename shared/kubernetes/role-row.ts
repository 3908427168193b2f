import { clusterWideKey, namespacedKey } from '../domain/keys.ts';
import type { Entity } from '../domain/observation.ts';
import { createdAt, distinct, type KubernetesObject, known, pairs } from './kubernetes-object.ts';
import { type LabelSelector, labelsOf, selects } from './label-selector.ts';
import { powers, type Rule, ruleText } from './role-rules.ts';
import type { Intake } from './snapshot.ts';

export type RoleRow = {
  readonly key: string;
  readonly kind: 'Role' | 'ClusterRole';
  readonly namespace: string | undefined;
  readonly name: string;
  readonly labels: readonly string[];
  readonly rules: readonly Rule[];
  readonly aggregates: readonly LabelSelector[];
  readonly createdAt: number | undefined;
};

type AggregationRule = { readonly clusterRoleSelectors?: readonly LabelSelector[] };

export function takeRole(kind: RoleRow['kind']): (object: KubernetesObject, intake: Intake) => RoleRow {
  return ({ metadata, rules, aggregationRule }, intake) => ({
    key: roleKey(intake.cluster, kind, metadata.namespace ?? '', metadata.name),
    kind,
    namespace: kind === 'Role' ? metadata.namespace : undefined,
    name: metadata.name,
    labels: pairs(metadata.labels),
    rules: (rules ?? []) as readonly Rule[],
    aggregates: (aggregationRule as AggregationRule | undefined)?.clusterRoleSelectors ?? [],
    createdAt: createdAt(metadata),
  });
}

export function roleKey(cluster: string, kind: string, namespace: string, name: string): string {
  return kind === 'Role' ? namespacedKey(cluster, namespace, kind, name) : clusterWideKey(cluster, kind, name);
}

/** Each role with its rules readable and its powers computed, aggregated ClusterRoles resolved. */
export function roleEntities(roles: readonly RoleRow[]): Entity[] {
  const clusterRoles = roles.filter((role) => role.kind === 'ClusterRole');
  return roles.map((role) => {
    const rules = resolvedRules(role, clusterRoles);
    return {
      label: 'Role',
      key: role.key,
      family: role.kind === 'Role' ? 'roles' : 'clusterroles',
      props: known({
        name: role.name,
        namespace: role.namespace,
        kind: role.kind,
        rules: distinct(rules.map(ruleText)),
        ...powers(rules),
        system: isSystem(role),
        createdAt: role.createdAt,
      }),
    };
  });
}

/**
 * Own rules and those of every ClusterRole the aggregation selects, and so on down. The API server's controller
 * writes the same union into `rules`, some time after a selected role changed.
 */
export function resolvedRules(role: RoleRow, all: readonly RoleRow[], seen: Set<RoleRow> = new Set()): readonly Rule[] {
  if (role.aggregates.length === 0) return role.rules;
  seen.add(role);
  const selected = all.filter(
    (other) => !seen.has(other) && role.aggregates.some((selector) => selects(selector, labelsOf(other.labels))),
  );
  return [...role.rules, ...selected.flatMap((other) => resolvedRules(other, all, seen))];
}

/** Kubernetes marks its own roles by label or prefix; EKS uses a prefix too. */
function isSystem({ name, labels }: RoleRow): boolean {
  return /^(system|eks):/.test(name) || labels.includes('kubernetes.io/bootstrapping=rbac-defaults');
}
