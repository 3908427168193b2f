import { parseRule } from '../../kubernetes/role-rules.ts';
import type { PolicyObject } from '../../linkerd/policy/policy-object.ts';
import { nodeObject, type ObjectRow, propertiesOf } from '../policy-objects/node-object.ts';

/** One subject of a binding: `binding` is `ClusterRoleBinding/admins`, ends are told by their keys. */
export type BindingRow = {
  readonly binding: string;
  readonly namespace: string | null;
  readonly role: string;
  readonly subject: string;
};

const GROUP = 'rbac.authorization.k8s.io';

/** An object of further-objects.cypher as of `at`. Rules of aggregated ClusterRoles are resolved already. */
export function furtherObject(row: ObjectRow, at: number): PolicyObject {
  if (row.label !== 'Role') return nodeObject(row, at);
  const { name, namespace, kind, rules, system } = propertiesOf(row, at);
  return {
    apiVersion: `${GROUP}/v1`,
    kind: String(kind),
    metadata: {
      name: String(name),
      ...(typeof namespace === 'string' ? { namespace } : {}),
      ...(system === true ? { labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } } : {}),
    },
    rules: Array.isArray(rules) ? rules.map((text) => parseRule(String(text))) : [],
  };
}

/** Bindings of their rows. The graph knows of none to nobody. */
export function bindingObjects(cluster: string, rows: readonly BindingRow[]): PolicyObject[] {
  const bindings = Map.groupBy(rows, ({ binding, namespace }) => JSON.stringify([binding, namespace]));
  return [...bindings.values()].flatMap((same) => {
    const [row] = same;
    if (row === undefined) return [];
    const [kind = '', name = ''] = split(row.binding);
    return {
      apiVersion: `${GROUP}/v1`,
      kind,
      metadata: { name, ...(row.namespace === null ? {} : { namespace: row.namespace }) },
      roleRef: { apiGroup: GROUP, ...roleNamed(row.role, cluster) },
      subjects: same.map(({ subject }) => subjectNamed(subject, cluster)),
    };
  });
}

/** `<cluster>/<namespace>/Role/<name>` or `<cluster>/ClusterRole/<name>`. */
function roleNamed(key: string, cluster: string) {
  const [first = '', rest = ''] = split(key.slice(cluster.length + 1));
  return first === 'ClusterRole' ? { kind: first, name: rest } : { kind: 'Role', name: split(rest)[1] ?? '' };
}

/** `<cluster>/<namespace>/ServiceAccount/<name>`, or `<cluster>/<kind>/<name>` of a User or Group. */
function subjectNamed(key: string, cluster: string) {
  const [first = '', rest = ''] = split(key.slice(cluster.length + 1));
  if (first === 'User' || first === 'Group') return { kind: first, apiGroup: GROUP, name: rest };
  return { kind: 'ServiceAccount', namespace: first, name: split(rest)[1] ?? '' };
}

/** Names come last and may hold a slash. */
function split(text: string): [string, string] {
  const at = text.indexOf('/');
  return [text.slice(0, at), text.slice(at + 1)];
}
