import { describe, expect, test } from 'vitest';
import { namespacedKey } from '../../../../shared/domain/keys.ts';
import { powerfulAccount } from '../../../../shared/gate/rules/rbac/powerful-account.ts';
import type { Edge } from '../../../../shared/questions/edges/merge.ts';
import { judgeRule } from '../judge-rule.ts';
import { account, deployment } from '../small-objects.ts';
import { accounts, binding, clusterBinding, roles } from './small-roles.ts';

const admin = clusterBinding('admins', 'cluster-admin', accounts('admin'));
const keeper = binding('keepers', 'secrets', accounts('keeper'));
const bound = roles + admin + keeper;

const found = (before: string, apply: string) => judgeRule(powerfulAccount, { before: bound + before, apply }).caused;
const told = (before: string, apply: string) =>
  found(before, apply).map(({ severity, message }) => [severity, message]);

/** With what a pod spec says beside its account. */
const withSpec = (manifest: string, line: string): string =>
  manifest.replace('      containers', `      ${line}\n      containers`);

describe('powerful-account', () => {
  test('tells a workload that moves to an account with powers, at its serviceAccountName', () => {
    expect(found(deployment('web'), deployment('web', 'admin'))).toEqual([
      {
        severity: 'critical',
        at: 'Deployment.apps/shop/web spec.template.spec.serviceAccountName',
        message:
          'Deployment shop/web runs as ServiceAccount shop/admin instead of shop/web, which may do everything in the whole cluster by ClusterRoleBinding/admins: run it as one with no more than it uses',
      },
    ]);
  });

  test('tells a new workload, weighed as a binding would be', () => {
    expect(told('', deployment('tool', 'keeper'))).toEqual([
      [
        'medium',
        'Deployment shop/tool is new and runs as ServiceAccount shop/keeper, which may read secrets in namespace shop by RoleBinding/keepers: run it as one with no more than it uses',
      ],
    ]);
  });

  test('has nothing to say of a new image, of accounts without powers, of one that loses powers', () => {
    const image = deployment('web', 'admin').replace('name: main', 'name: main, image: web:2');
    expect(found(deployment('web', 'admin'), image)).toEqual([]);
    expect(found(deployment('web'), deployment('web', 'other'))).toEqual([]);
    expect(found(deployment('web', 'admin'), deployment('web', 'keeper'))).toEqual([]);
    expect(found(deployment('web', 'admin'), deployment('web'))).toEqual([]);
  });

  test('has nothing to say where another account has the same powers', () => {
    const twice = binding('more', 'secrets', accounts('other'));
    expect(found(twice + deployment('web', 'other'), deployment('web', 'keeper'))).toEqual([]);
    expect(
      found(twice.replaceAll('shop', 'books') + deployment('web', 'other'), deployment('web', 'keeper')),
    ).toHaveLength(1);
  });

  test('leaves powers that the change itself binds to dangerous-binding', () => {
    const binds = clusterBinding('more', 'secrets', accounts('tool'));
    expect(found('', deployment('tool') + binds)).toEqual([]);
    const both = found('', deployment('tool', 'keeper') + clusterBinding('more', 'cluster-admin', accounts('keeper')));
    expect(both.map(({ message }) => message)).toEqual([
      expect.stringContaining('may read secrets in namespace shop by RoleBinding/keepers:'),
    ]);
  });

  test('has nothing to say of a binding that the same change takes away', () => {
    const { caused } = judgeRule(powerfulAccount, {
      before: roles + admin,
      remove: keeper,
      apply: deployment('tool', 'keeper'),
    });
    expect(caused).toEqual([]);
  });

  test('tells each of several workloads by itself', () => {
    expect(
      told(deployment('web') + deployment('api'), deployment('web', 'admin') + deployment('api', 'keeper')).map(
        ([severity]) => severity,
      ),
    ).toEqual(['critical', 'medium']);
  });

  test('tells a CronJob where its template stands', () => {
    const job = deployment('tool', 'admin')
      .replace('apps/v1', 'batch/v1')
      .replace('Deployment', 'CronJob')
      .replace('spec:\n  template:', 'spec:\n jobTemplate:\n  spec:\n   template:')
      .replaceAll('\n    metadata: {labels', '\n     metadata: {labels')
      .replace('\n    spec:', '\n     spec:');
    expect(found('', job)[0]?.at).toBe(
      'CronJob.batch/shop/tool spec.jobTemplate.spec.template.spec.serviceAccountName',
    );
  });
});

describe('the token of the account', () => {
  const refusing = `${account('admin')}automountServiceAccountToken: false\n`;
  const without = withSpec(deployment('web', 'admin'), 'automountServiceAccountToken: false');
  const projected = (token: string) =>
    withSpec(without, `volumes: [{name: token, projected: {sources: [{serviceAccountToken: ${token}}]}}]`);

  test('is told to be in the pods unless the pod, or its account, keeps it out', () => {
    expect(found(deployment('web'), without)).toEqual([]);
    expect(found(refusing + deployment('web'), deployment('web', 'admin'))).toEqual([]);
    const asked = withSpec(deployment('web', 'admin'), 'automountServiceAccountToken: true');
    expect(found(refusing + deployment('web'), asked)).toHaveLength(1);
  });

  test('may be mounted by the manifest itself; one for another audience is none', () => {
    expect(found(deployment('web'), projected('{path: token}'))).toHaveLength(1);
    expect(found(deployment('web'), projected('{path: token, audience: vault}'))).toEqual([]);
    expect(found(without, projected('{path: token}'))).toEqual([]);
  });

  test('is told where a pod that ran without it gets it, and where its account stops to keep it out', () => {
    expect(
      found(without, withSpec(deployment('web', 'admin'), 'automountServiceAccountToken: true'))[0]?.message,
    ).toContain('Deployment shop/web gets the token of its ServiceAccount shop/admin, which may do everything');
    expect(found(refusing + deployment('web', 'admin'), account('admin'))[0]?.at).toBe(
      'ServiceAccount./shop/admin automountServiceAccountToken',
    );
  });
});

describe('what is known of the workload before', () => {
  const named = (kind: string, name: string) => ({ namespace: 'shop', kind, name, labels: [], annotations: [] });

  test('is low where a baseline names it and knows no pod of it', () => {
    const { caused } = judgeRule(powerfulAccount, {
      before: bound,
      apply: deployment('tool', 'admin'),
      baseline: { workloads: [named('Deployment', 'tool')] },
    });
    expect(caused.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'low',
        expect.stringContaining('runs as ServiceAccount shop/admin (what it ran as before is not known), which may'),
      ],
    ]);
  });

  test('is that of the workload it stands in the place of', () => {
    const renamed = { before: bound, remove: deployment('old', 'admin'), apply: deployment('new', 'admin') };
    expect(judgeRule(powerfulAccount, renamed).caused).toEqual([]);
    expect(judgeRule(powerfulAccount, { ...renamed, remove: deployment('old', 'keeper') }).caused).toHaveLength(1);
  });
});

describe('a workload that is reached from outside', () => {
  const node = (name: string) => ({
    label: 'Workload',
    key: namespacedKey('prod', 'shop', 'Deployment', name),
    name: `shop/${name}`,
  });
  const edge = (from: string, to: string): Edge => ({
    from: node(from),
    to: node(to),
    port: 8080,
    unit: 'requests',
    shares: [{ verdict: 'allowed', count: 7, failures: 0, policies: [] }],
    count: 7,
    mTls: true,
    identity: null,
    serverIdentities: [],
    first: 1,
    last: 2,
  });
  const exposed = (name: string, runsAs = name) =>
    deployment(name, runsAs).replace('namespace: shop}', 'namespace: shop, labels: {exposure: internet}}');
  const traffic = (...edges: Edge[]) => ({ since: 0, at: 9, coveredMs: 9, partialWindows: 0, newest: 9, edges });

  test('is one step graver, with the way', () => {
    const before = exposed('edge') + deployment('web') + deployment('api');
    const seen = { baseline: { traffic: traffic(edge('edge', 'web'), edge('web', 'api')) } };
    const given = { before: bound + before, apply: deployment('api', 'keeper'), ...seen };
    const [one] = judgeRule(powerfulAccount, given).caused;
    expect(one?.severity).toBe('high');
    expect(one?.message).toContain('it can be reached from outside (shop/edge → shop/web → shop/api)');
  });

  // Another that runs as the same account and is reached is no reason: it had the powers before.
  test('is not where only another of the same account is', () => {
    const before = exposed('edge', 'keeper') + deployment('api');
    expect(found(before, deployment('api', 'keeper')).map(({ severity }) => severity)).toEqual(['medium']);
  });

  test('is told when it takes the place of one that was not reached', () => {
    const swap = { before: bound, remove: deployment('old', 'keeper'), apply: exposed('new', 'keeper') };
    expect(judgeRule(powerfulAccount, swap).caused.map(({ severity }) => severity)).toEqual(['high']);
    const old = { namespace: 'shop', kind: 'Deployment', name: 'old', labels: ['exposure=internet'], annotations: [] };
    const both = { ...swap, baseline: { workloads: [old] }, remove: exposed('old', 'keeper') };
    expect(judgeRule(powerfulAccount, both).caused).toEqual([]);
  });
});
