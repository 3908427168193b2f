import { describe, expect, it } from 'vitest';
import { bindingObjects, furtherObject } from '../../../../shared/graph/baseline/further-objects.ts';

const RBAC = 'rbac.authorization.k8s.io';

describe('bindings of the graph', () => {
  it('have all their subjects, and the role they name, whatever its kind', () => {
    const rows = [
      {
        binding: 'ClusterRoleBinding/admins',
        namespace: null,
        role: 'prod/ClusterRole/cluster-admin',
        subject: 'prod/Group/ops',
      },
      {
        binding: 'ClusterRoleBinding/admins',
        namespace: null,
        role: 'prod/ClusterRole/cluster-admin',
        subject: 'prod/User/ann/b@c',
      },
      {
        binding: 'RoleBinding/admins',
        namespace: 'shop',
        role: 'prod/shop/Role/web',
        subject: 'prod/shop/ServiceAccount/web',
      },
      {
        binding: 'RoleBinding/admins',
        namespace: 'till',
        role: 'prod/ClusterRole/view',
        subject: 'prod/shop/ServiceAccount/web',
      },
    ];
    const account = { kind: 'ServiceAccount', namespace: 'shop', name: 'web' };
    const of = (kind: string, metadata: object, role: object, subjects: object[]) => ({
      apiVersion: `${RBAC}/v1`,
      kind,
      metadata,
      roleRef: { apiGroup: RBAC, ...role },
      subjects,
    });
    expect(bindingObjects('prod', rows)).toEqual([
      of('ClusterRoleBinding', { name: 'admins' }, { kind: 'ClusterRole', name: 'cluster-admin' }, [
        { kind: 'Group', apiGroup: RBAC, name: 'ops' },
        { kind: 'User', apiGroup: RBAC, name: 'ann/b@c' },
      ]),
      of('RoleBinding', { name: 'admins', namespace: 'shop' }, { kind: 'Role', name: 'web' }, [account]),
      of('RoleBinding', { name: 'admins', namespace: 'till' }, { kind: 'ClusterRole', name: 'view' }, [account]),
    ]);
  });
});

describe('a role of the graph', () => {
  const present = { name: 'view', kind: 'ClusterRole', rules: ['get,list pods', 'get secrets (only a)'], system: true };
  const row = { label: 'Role', present, changes: [], owners: [] };

  it('has its rules, and says whether it is one of Kubernetes', () => {
    expect(furtherObject(row, 10)).toEqual({
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name: 'view', labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } },
      rules: [
        { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] },
        { verbs: ['get'], apiGroups: [''], resources: ['secrets'], resourceNames: ['a'] },
      ],
    });
  });

  it('has the rules it had at the instant asked about', () => {
    const changes = [
      { at: 20, path: 'rules', before: JSON.stringify(['get pods']), after: JSON.stringify(present.rules) },
    ];
    const rulesAt = (at: number) => furtherObject({ ...row, changes }, at).rules;
    expect(rulesAt(19)).toEqual([{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }]);
    expect(rulesAt(20)).toHaveLength(2);
  });
});
