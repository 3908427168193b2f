import { describe, expect, test } from 'vitest';
import { powers, type Rule, ruleText } from '../../../shared/kubernetes/role-rules.ts';
import { clusterOf, namespace } from '../../cluster-of.ts';
import { entityOf, readRecorded } from '../../read-recorded.ts';
import { recordedItems, recordedLister } from '../../recorded-objects.ts';

const granted = (...rules: Rule[]) => Object.entries(powers(rules)).flatMap(([power, has]) => (has ? [power] : []));

describe('aggregated ClusterRoles', () => {
  test('resolve to the rules Kubernetes’ own controller had written into them', async () => {
    const written = await readRecorded(recordedLister('final'));
    const emptied = await readRecorded(
      recordedLister('final', (id, items) =>
        id === 'clusterroles.rbac.authorization.k8s.io'
          ? items.map((role) => (role.aggregationRule ? { ...role, rules: [] } : role))
          : items,
      ),
    );
    const aggregated = recordedItems('final', 'rbac.authorization.k8s.io_v1_clusterroles').filter(
      (r) => r.aggregationRule,
    );
    expect(aggregated.map(({ metadata }) => metadata.name).sort()).toEqual(['admin', 'edit', 'view']);
    for (const { metadata, rules } of aggregated) {
      const key = `c/ClusterRole/${metadata.name}`;
      const recorded = new Set((rules as Rule[]).map(ruleText));
      const { props } = entityOf(emptied, 'Role', key);
      expect(new Set(props.rules as string[])).toEqual(recorded);
      expect(props).toEqual(entityOf(written, 'Role', key).props);
    }
  });

  test('are the same in whatever order the controller adds rules to them', async () => {
    const reversed = recordedLister('final', (id, items) =>
      id === 'clusterroles.rbac.authorization.k8s.io'
        ? items.map((role) => (role.aggregationRule ? { ...role, rules: (role.rules as Rule[]).toReversed() } : role))
        : items,
    );
    const roles = async (lister: Parameters<typeof readRecorded>[0]) =>
      (await readRecorded(lister)).entities.filter(({ label }) => label === 'Role');
    expect(await roles(reversed)).toEqual(await roles(recordedLister('final')));
  });
});

describe('the powers of rules', () => {
  test.each<[string, Rule, string[]]>([
    ['list secrets', { verbs: ['list'], apiGroups: [''], resources: ['secrets'] }, ['readsSecrets']],
    [
      'one named secret',
      { verbs: ['get'], apiGroups: [''], resources: ['secrets'], resourceNames: ['a'] },
      ['readsSecrets'],
    ],
    ['secrets of another group', { verbs: ['list'], apiGroups: ['x.io'], resources: ['secrets'] }, []],
    ['delete secrets', { verbs: ['delete'], apiGroups: [''], resources: ['secrets'] }, []],
    ['patch secrets', { verbs: ['patch'], apiGroups: [''], resources: ['secrets'] }, ['writesSecrets']],
    ['exec', { verbs: ['create'], apiGroups: [''], resources: ['pods/exec'] }, ['execs']],
    ['exec of any subresource owner', { verbs: ['create'], apiGroups: [''], resources: ['*/exec'] }, ['execs']],
    [
      'bind roles',
      { verbs: ['bind'], apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'] },
      ['escalates'],
    ],
    ['impersonate', { verbs: ['impersonate'], apiGroups: [''], resources: ['groups'] }, ['impersonates']],
    ['tokens', { verbs: ['create'], apiGroups: [''], resources: ['serviceaccounts/token'] }, ['createsTokens']],
    ['create pods', { verbs: ['create'], apiGroups: [''], resources: ['pods'] }, ['createsPods']],
    ['update pods', { verbs: ['update'], apiGroups: [''], resources: ['pods'] }, []],
    ['patch deployments', { verbs: ['patch'], apiGroups: ['apps'], resources: ['deployments'] }, ['createsPods']],
    [
      'delete Servers',
      { verbs: ['delete'], apiGroups: ['policy.linkerd.io'], resources: ['servers'] },
      ['editsPolicy'],
    ],
    ['read everything', { verbs: ['get', 'list'], apiGroups: ['*'], resources: ['*'] }, ['readsSecrets', 'execs']],
    ['URLs', { verbs: ['*'], nonResourceURLs: ['*'] }, []],
  ])('%s', (_, rule, expected) => {
    expect(granted(rule)).toEqual(expected);
  });

  test('of all verbs on all resources are all powers', () => {
    const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
    expect(granted(everything)).toEqual(Object.keys(powers([])));
  });

  test('read as one line a rule', () => {
    const rule = { verbs: ['list', 'get'], apiGroups: ['', 'apps'], resources: ['b', 'a'], resourceNames: ['y', 'x'] };
    expect(ruleText(rule)).toBe('get,list a,a.apps,b,b.apps (only x,y)');
    expect(ruleText({ verbs: ['get'], nonResourceURLs: ['/healthz'] })).toBe('get /healthz');
  });
});

describe('bindings', () => {
  const rolebinding = (subjects: object[]) => ({
    metadata: { namespace: 'shop', name: 'b' },
    roleRef: { kind: 'ClusterRole', name: 'view' },
    subjects,
  });
  const granting = async (...subjects: object[]) => {
    const observation = await readRecorded(
      clusterOf({
        namespaces: [namespace('shop')],
        serviceaccounts: [{ metadata: { namespace: 'shop', name: 'web' } }],
        'clusterroles.rbac.authorization.k8s.io': [{ metadata: { name: 'view' }, rules: [] }],
        'rolebindings.rbac.authorization.k8s.io': [rolebinding(subjects)],
      }),
    );
    return observation.relations.filter(({ type }) => type === 'BOUND_TO');
  };

  test('to a ClusterRole hold in the namespace of the RoleBinding', async () => {
    const bound = await granting({ kind: 'ServiceAccount', namespace: 'shop', name: 'web' });
    expect(bound).toEqual([
      {
        type: 'BOUND_TO',
        from: { label: 'ServiceAccount', key: 'c/shop/ServiceAccount/web' },
        to: { label: 'Role', key: 'c/ClusterRole/view' },
        family: 'bindings',
        props: { binding: 'RoleBinding/b', namespace: 'shop' },
      },
    ]);
  });

  test('know a ServiceAccount by its user name, and Users and Groups as Subjects', async () => {
    const bound = await granting(
      { kind: 'User', name: 'system:serviceaccount:shop:web' },
      { kind: 'User', name: 'jane' },
      { kind: 'Group', name: 'ops' },
      { kind: 'ServiceAccount', namespace: 'shop', name: 'not-there' },
    );
    expect(bound.map(({ from }) => from.key).sort()).toEqual([
      'c/Group/ops',
      'c/User/jane',
      'c/shop/ServiceAccount/not-there',
      'c/shop/ServiceAccount/web',
    ]);
  });
});
