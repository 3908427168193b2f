import { describe, expect, test } from 'vitest';
import { anonymousSubject } from '../../../../shared/gate/rules/rbac/anonymous-subject.ts';
import { bindingToNobody } from '../../../../shared/gate/rules/rbac/binding-to-nobody.ts';
import { judgeRule } from '../judge-rule.ts';
import { account, namespace } from '../small-objects.ts';
import { accounts, binding, clusterBinding, many, roles } from './small-roles.ts';

describe('anonymous-subject', () => {
  const severities = (apply: string, before = roles) =>
    judgeRule(anonymousSubject, { before, apply }).caused.map(({ severity }) => severity);

  test('tells a role that is given to whoever reaches the API server', () => {
    expect(
      judgeRule(anonymousSubject, {
        before: roles,
        apply: clusterBinding('b', 'view', many('User', 'system:anonymous')),
      }).caused,
    ).toEqual([
      {
        severity: 'critical',
        at: 'ClusterRoleBinding.rbac.authorization.k8s.io/-/b subjects[0]',
        message:
          'ClusterRoleBinding/b gives ClusterRole view in the whole cluster to system:anonymous: everybody who reaches the API server; name those who need it',
      },
    ]);
  });

  test.each([
    ['system:unauthenticated', 'view', 'critical'],
    ['system:authenticated', 'secrets', 'high'],
    ['system:serviceaccounts', 'secrets', 'high'],
    ['system:serviceaccounts:shop', 'secrets', 'high'],
  ])('%s with role %s is %s', (group, role, severity) => {
    expect(severities(clusterBinding('b', role, many('Group', group)))).toEqual([severity]);
  });

  test.each(['system:authenticated', 'system:serviceaccounts', 'system:masters', 'platform'])(
    '%s with a harmless role is nothing to tell',
    (group) => {
      expect(severities(clusterBinding('b', 'view', many('Group', group)))).toEqual([]);
    },
  );

  test('is one step less grave in one namespace', () => {
    expect(severities(binding('b', 'view', many('User', 'system:anonymous')))).toEqual(['high']);
  });

  // Every cluster has it: bootstrap policy of kubernetes.
  test('leaves bindings of Kubernetes alone, until the change edits them', () => {
    const own = (subjects: string) => clusterBinding('system:public-info-viewer', 'view', subjects);
    const before = roles + own(many('Group', 'system:unauthenticated'));
    expect(judgeRule(anonymousSubject, { before, apply: namespace('shop') }).existing).toEqual([]);
    const edited = own(`[{kind: User, name: 'system:anonymous'}, {kind: Group, name: 'system:unauthenticated'}]`);
    expect(judgeRule(anonymousSubject, { before, apply: edited })).toMatchObject({
      caused: [{ message: expect.stringContaining('to system:anonymous') }],
      existing: [{ message: expect.stringContaining('to system:unauthenticated') }],
    });
  });
});

describe('binding-to-nobody', () => {
  const before = roles + namespace('shop') + account('web');
  const found = (apply: string, given = before) => judgeRule(bindingToNobody, { before: given, apply }).caused;

  test('tells a ServiceAccount that does not exist, with the one that was likely meant', () => {
    expect(found(binding('b', 'view', accounts('wbe')))).toEqual([
      {
        severity: 'medium',
        at: 'RoleBinding.rbac.authorization.k8s.io/shop/b subjects[0]',
        message: 'RoleBinding shop/b binds ServiceAccount shop/wbe, which does not exist; did you mean shop/web?',
      },
    ]);
  });

  test('tells a role that does not exist', () => {
    expect(found(clusterBinding('b', 'veiw', accounts('web')))).toEqual([
      {
        severity: 'medium',
        at: 'ClusterRoleBinding.rbac.authorization.k8s.io/-/b roleRef',
        message: 'ClusterRoleBinding b gives ClusterRole veiw, which does not exist; did you mean view?',
      },
    ]);
  });

  test('looks for a Role in the namespace of the binding', () => {
    const role =
      '---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: own, namespace: shop}\nrules: []\n';
    const apply = binding('b', 'own', accounts('web')).replace('kind: ClusterRole,', 'kind: Role,');
    expect(found(apply)).toHaveLength(1);
    expect(found(apply, before + role)).toEqual([]);
    expect(found(apply, before + role.replace('namespace: shop', 'namespace: books'))).toHaveLength(1);
  });

  test('tells a binding without subjects, low', () => {
    expect(found(binding('b', 'view', '[]')).map(({ severity, at }) => [severity, at])).toEqual([
      ['low', 'RoleBinding.rbac.authorization.k8s.io/shop/b subjects'],
    ]);
  });

  test('has nothing to say of accounts that are there, of default, and of people', () => {
    const people = clusterBinding('c', 'view', many('Group', 'platform'));
    expect(found(binding('a', 'view', accounts('web', 'default')) + people)).toEqual([]);
  });

  test('counts as caused when the ServiceAccount is deleted', () => {
    const given = {
      before: roles + namespace('shop') + account('api') + binding('b', 'view', accounts('web')),
      remove: account('web'),
    };
    expect(judgeRule(bindingToNobody, given).caused).toHaveLength(1);
  });

  test('knows nothing of ServiceAccounts or roles where the baseline has none', () => {
    expect(found(binding('b', 'gone', accounts('gone')), namespace('shop'))).toEqual([]);
  });
});
