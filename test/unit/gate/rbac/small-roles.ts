const RBAC = 'apiVersion: rbac.authorization.k8s.io/v1';

export const clusterRole = (name: string, rules: string): string =>
  `---\n${RBAC}\nkind: ClusterRole\nmetadata: {name: '${name}'}\nrules: ${rules}\n`;

const bound = (role: string, subjects: string) =>
  `roleRef: {kind: ClusterRole, name: '${role}'}\nsubjects: ${subjects}\n`;

export const clusterBinding = (name: string, role: string, subjects: string): string =>
  `---\n${RBAC}\nkind: ClusterRoleBinding\nmetadata: {name: '${name}'}\n${bound(role, subjects)}`;

export const binding = (name: string, role: string, subjects: string): string =>
  `---\n${RBAC}\nkind: RoleBinding\nmetadata: {name: '${name}', namespace: shop}\n${bound(role, subjects)}`;

/** Subjects: ServiceAccounts of namespace shop, or a User or Group. */
export const accounts = (...names: string[]): string =>
  `[${names.map((name) => `{kind: ServiceAccount, namespace: shop, name: ${name}}`)}]`;
export const many = (kind: 'User' | 'Group', name: string): string => `[{kind: ${kind}, name: '${name}'}]`;

export const roles =
  clusterRole('cluster-admin', `[{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]`) +
  clusterRole('secrets', `[{apiGroups: [''], resources: [secrets], verbs: [get]}]`) +
  clusterRole('view', `[{apiGroups: [''], resources: [pods], verbs: [get, list]}]`);
