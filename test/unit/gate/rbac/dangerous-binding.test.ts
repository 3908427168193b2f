import { describe, expect, test } from 'vitest';
import { namespacedKey } from '../../../../shared/domain/keys.ts';
import { dangerousBinding } from '../../../../shared/gate/rules/rbac/dangerous-binding.ts';
import type { Edge } from '../../../../shared/questions/edges/merge.ts';
import { judgeRule } from '../judge-rule.ts';
import { deployment } from '../small-objects.ts';
import { accounts, binding, clusterBinding, clusterRole, many, roles } from './small-roles.ts';

const found = (apply: string, before = roles) => judgeRule(dangerousBinding, { before, apply }).caused;
const severities = (apply: string, before = roles) => found(apply, before).map(({ severity }) => severity);

describe('dangerous-binding', () => {
  test('tells a ServiceAccount that gets everything everywhere', () => {
    expect(found(clusterBinding('admins', 'cluster-admin', accounts('web')))).toEqual([
      {
        severity: 'critical',
        at: 'ClusterRoleBinding.rbac.authorization.k8s.io/-/admins roleRef',
        message:
          'ClusterRoleBinding/admins lets ServiceAccount shop/web do everything in the whole cluster by ClusterRole cluster-admin: bind no more than it uses',
      },
    ]);
  });

  test('is less grave for one power, and in one namespace', () => {
    expect(severities(clusterBinding('b', 'secrets', accounts('web')))).toEqual(['high']);
    expect(severities(binding('b', 'secrets', accounts('web')))).toEqual(['medium']);
    expect(severities(binding('b', 'cluster-admin', accounts('web')))).toEqual(['high']);
  });

  test('has nothing to say of harmless roles, people, and roles that do not exist', () => {
    const apply =
      clusterBinding('a', 'view', accounts('web')) +
      clusterBinding('b', 'cluster-admin', many('Group', 'platform')) +
      clusterBinding('c', 'gone', accounts('web'));
    expect(found(apply)).toEqual([]);
  });

  test('blames the subject that is added to a binding there was', () => {
    const before = roles + clusterBinding('b', 'secrets', accounts('api'));
    expect(found(clusterBinding('b', 'secrets', accounts('api', 'web')), before).map(({ at }) => at)).toEqual([
      'ClusterRoleBinding.rbac.authorization.k8s.io/-/b subjects[1]',
    ]);
  });

  test('tells what an edited role gives to those who are bound to it', () => {
    const before = roles + clusterBinding('viewers', 'view', accounts('web'));
    const wider = clusterRole('view', `[{apiGroups: [''], resources: [pods, secrets], verbs: [get, list]}]`);
    expect(found(wider, before)[0]?.message).toContain('lets ServiceAccount shop/web read secrets');
  });

  test('counts only what it lacked: here or everywhere, or by a role that may do everything', () => {
    const everywhere = roles + clusterBinding('b', 'secrets', accounts('web'));
    const admin = roles + clusterBinding('b', 'cluster-admin', accounts('web'));
    const again = binding('again', 'secrets', accounts('web'));
    expect([...found(again, everywhere), ...found(again, admin)]).toEqual([]);
    const here = roles + binding('b', 'secrets', accounts('web'));
    expect(severities(clusterBinding('wider', 'secrets', accounts('web')), here)).toEqual(['high']);
  });

  test('knows a User that stands for a ServiceAccount', () => {
    const user = many('User', 'system:serviceaccount:shop:web');
    expect(severities(clusterBinding('b', 'secrets', user))).toEqual(['high']);
  });

  test('tells what was so before apart, and of Kubernetes’ own bindings nothing', () => {
    const before =
      roles +
      clusterBinding('b', 'secrets', accounts('web')) +
      clusterBinding('system:controller:x', 'secrets', accounts('x'));
    const { caused, existing } = judgeRule(dangerousBinding, { before, apply: deployment('web') });
    expect([caused.length, existing.length]).toEqual([0, 1]);
  });
});

describe('a ServiceAccount that runs behind an exposed workload', () => {
  const node = (name: string) => ({
    label: 'Workload',
    key: namespacedKey('prod', 'shop', 'Deployment', name),
    name: `shop/${name}`,
  });
  const edge = (from: string, to: string, verdict = 'allowed'): Edge => ({
    from: node(from),
    to: node(to),
    port: 8080,
    unit: 'requests',
    shares: [{ verdict, count: 7, failures: 0, policies: [] }],
    count: 7,
    mTls: true,
    identity: null,
    serverIdentities: [],
    first: 1,
    last: 2,
  });
  const exposed = deployment('edge').replace('namespace: shop}', 'namespace: shop, labels: {exposure: internet}}');
  const before = roles + exposed + deployment('web') + deployment('api');
  const apply = clusterBinding('b', 'secrets', accounts('api'));
  const judge = (...edges: Edge[]) =>
    judgeRule(dangerousBinding, {
      before,
      apply,
      baseline: { traffic: { since: 0, at: 9, coveredMs: 9, partialWindows: 0, newest: 9, edges } },
    }).caused;

  test('is one step graver, with the way', () => {
    const [found] = judge(edge('edge', 'web'), edge('web', 'api'));
    expect(found?.severity).toBe('critical');
    expect(found?.message).toContain('it can be reached from outside (shop/edge → shop/web → shop/api)');
  });

  test('is not where calls were turned away, go the other way, or were not seen', () => {
    expect(judge(edge('edge', 'web'), edge('web', 'api', 'denied'))[0]?.severity).toBe('high');
    expect(judge(edge('api', 'web'), edge('web', 'edge'))[0]?.severity).toBe('high');
    expect(judge()[0]?.severity).toBe('high');
  });

  test('is when it is exposed itself', () => {
    const own = clusterBinding('b', 'secrets', accounts('edge'));
    const [found] = judgeRule(dangerousBinding, { before, apply: own }).caused;
    expect(found?.severity).toBe('critical');
    expect(found?.message).toContain('(shop/edge)');
  });
});
