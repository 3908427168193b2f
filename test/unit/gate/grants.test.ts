import { expect, test } from 'vitest';
import { grantsAmong } from '../../../shared/gate/grants.ts';
import type { PolicyObject } from '../../../shared/linkerd/policy/policy-object.ts';
import { recordedItems } from '../../recorded-objects.ts';

const LISTS = {
  roles: 'Role',
  clusterroles: 'ClusterRole',
  rolebindings: 'RoleBinding',
  clusterrolebindings: 'ClusterRoleBinding',
};
const recorded = Object.entries(LISTS).flatMap(([plural, kind]) =>
  recordedItems('final', `rbac.authorization.k8s.io_v1_${plural}`).map(
    (item): PolicyObject => ({ ...item, apiVersion: 'rbac.authorization.k8s.io/v1', kind }),
  ),
);
const grants = grantsAmong(recorded);
const of = (namespace: string, name: string) =>
  grants
    .filter(
      ({ subject }) => subject.kind === 'ServiceAccount' && subject.namespace === namespace && subject.name === name,
    )
    .map(({ namespace: where, powers }) => ({ where, powers }));

// What the recording's makers bound on purpose (its README).
test('a cluster-admin has every power everywhere', () => {
  expect(of('batch', 'reports')).toEqual([
    {
      where: undefined,
      powers: expect.arrayContaining(['wildcard', 'readsSecrets', 'execs', 'createsTokens', 'escalates']),
    },
  ]);
});

test('who may make tokens of one namespace may do so there only', () => {
  expect(of('rogue', 'scanner')).toEqual([{ where: 'emojivoto', powers: ['createsTokens'] }]);
});

test('who may edit policy of one namespace', () => {
  expect(of('books', 'traffic')).toEqual([{ where: 'books', powers: ['editsPolicy'] }]);
});

test('a User by the name of a ServiceAccount is that account, and a role nobody knows has unknown powers', () => {
  const binding: PolicyObject = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'odd' },
    roleRef: { kind: 'ClusterRole', name: 'absent' },
    subjects: [
      { kind: 'User', name: 'system:serviceaccount:shop:web' },
      { kind: 'Group', name: 'system:authenticated' },
    ],
  };
  expect(grantsAmong([binding]).map(({ subject, powers, key }) => ({ subject, powers, key }))).toEqual([
    {
      subject: { kind: 'ServiceAccount', namespace: 'shop', name: 'web' },
      powers: undefined,
      key: 'ClusterRoleBinding.rbac.authorization.k8s.io/-/odd',
    },
    {
      subject: { kind: 'Group', namespace: undefined, name: 'system:authenticated' },
      powers: undefined,
      key: 'ClusterRoleBinding.rbac.authorization.k8s.io/-/odd',
    },
  ]);
});
