import { describe, expect, test } from 'vitest';
import { serverPortMissing } from '../../../../shared/gate/rules/policy/server-port-missing.ts';
import { serverSelectsNothing } from '../../../../shared/gate/rules/policy/server-selects-nothing.ts';
import { serversOverlap } from '../../../../shared/gate/rules/policy/servers-overlap.ts';
import { judgeRule } from '../judge-rule.ts';
import { deployment, server } from '../small-objects.ts';

const selecting = (name: string, labels: string, port: string | number = 'http') =>
  server(name, `{podSelector: {matchLabels: ${labels}}, port: ${port}}`);
const created = (manifest: string, at: string) =>
  manifest.replace('namespace: shop}', `namespace: shop, creationTimestamp: '${at}'}`);

describe('server-selects-nothing', () => {
  test('tells a Server whose labels no pod or template has, and the value that was likely meant', () => {
    const { caused } = judgeRule(serverSelectsNothing, {
      before: deployment('web'),
      apply: selecting('web', '{app: wbe}'),
    });
    expect(caused).toEqual([
      {
        severity: 'medium',
        at: 'Server.policy.linkerd.io/shop/web spec.podSelector',
        message:
          'Server shop/web selects no pod: none in shop carries app=wbe, so its port is under the default policy; did you mean app=web?',
      },
    ]);
  });

  test('has nothing to say of one that selects a workload, by labels, expressions or all of them', () => {
    const apply =
      selecting('a', '{app: web}') +
      server('b', '{podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}, port: http}') +
      server('c', '{podSelector: {}, port: 9000}');
    expect(judgeRule(serverSelectsNothing, { before: deployment('web'), apply }).caused).toEqual([]);
  });

  test('does not take pods of another namespace or ExternalWorkloads for pods', () => {
    const external = `---\napiVersion: workload.linkerd.io/v1beta1\nkind: ExternalWorkload\nmetadata: {name: vm, namespace: shop, labels: {app: vm}}\nspec: {meshTLS: {identity: 'spiffe://root/vm', serverName: vm}}\n`;
    const before = deployment('books/web') + external;
    const apply =
      selecting('a', '{app: web}') +
      selecting('b', '{app: vm}') +
      server('c', '{externalWorkloadSelector: {matchLabels: {app: vm}}, port: 80}');
    expect(judgeRule(serverSelectsNothing, { before, apply }).caused.map(({ at }) => at)).toEqual([
      'Server.policy.linkerd.io/shop/a spec.podSelector',
      'Server.policy.linkerd.io/shop/b spec.podSelector',
    ]);
  });

  test('counts as caused when the pods are deleted or get other labels', () => {
    const given = { before: selecting('web', '{app: web}'), remove: deployment('web') };
    expect(judgeRule(serverSelectsNothing, given).caused).toHaveLength(1);
  });

  test('is low where a workload is known of which nothing runs: its labels are not', () => {
    const workloads = [{ namespace: 'shop', kind: 'Deployment', name: 'idle', labels: [], annotations: [] }];
    const [found] = judgeRule(serverSelectsNothing, {
      apply: selecting('web', '{app: web}'),
      baseline: { workloads },
    }).caused;
    expect(found?.severity).toBe('low');
    expect(found?.message).toContain('not known of idle, of which nothing runs');
  });
});

describe('server-port-missing', () => {
  test('tells a name that no selected pod has, and the one that was likely meant', () => {
    const { caused } = judgeRule(serverPortMissing, {
      before: deployment('web'),
      apply: selecting('web', '{app: web}', 'htpp'),
    });
    expect(caused).toEqual([
      {
        severity: 'medium',
        at: 'Server.policy.linkerd.io/shop/web spec.port',
        message:
          'Server shop/web is for port htpp, which no container of shop/web declares (they have http), so the Server claims nothing; did you mean http?',
      },
    ]);
  });

  // Reference 3.3: a number need not be declared.
  test('tells a number that no container declares, low', () => {
    const given = { before: deployment('web'), apply: selecting('web', '{app: web}', 9000) };
    expect(judgeRule(serverPortMissing, given).caused.map(({ severity }) => severity)).toEqual(['low']);
  });

  test.each(['http', 8080, 'linkerd-admin', 4191])('has nothing to say of port %s', (port) => {
    const given = { before: deployment('web'), apply: selecting('web', '{app: web}', port) };
    expect(judgeRule(serverPortMissing, given).caused).toEqual([]);
  });

  test('is content when one of several workloads has the port', () => {
    const api = deployment('api').replace('name: http', 'name: grpc');
    const apply = server('all', '{podSelector: {}, port: grpc}');
    expect(judgeRule(serverPortMissing, { before: deployment('web') + api, apply }).caused).toEqual([]);
  });
});

describe('servers-overlap', () => {
  const byName = created(selecting('web-http', '{app: web}'), '2026-01-01T00:00:00Z');

  // Reference 3.3: the oldest Server counts.
  test('tells two Servers on one port, one by name and one by number, and that the older counts', () => {
    const given = { before: deployment('web') + byName, apply: selecting('a-younger', '{app: web}', 8080) };
    expect(judgeRule(serversOverlap, given).caused).toEqual([
      {
        severity: 'medium',
        at: 'Server.policy.linkerd.io/shop/a-younger spec.port',
        message:
          'Servers shop/web-http and shop/a-younger both claim port 8080 of shop/web: web-http is older and counts, a-younger is ignored with its authorizations and routes',
      },
    ]);
  });

  // Oracle 15: objects of one second go by name.
  test('goes by name where both are of one age', () => {
    const apply = selecting('b', '{app: web}') + selecting('a', '{app: web}');
    const [found] = judgeRule(serversOverlap, { before: deployment('web'), apply }).caused;
    expect(found?.message).toContain('a comes first by name and counts, b is ignored');
  });

  test('has nothing to say of other ports and other pods', () => {
    const before = deployment('web') + deployment('api') + byName;
    const apply = selecting('metrics', '{app: web}', 9000) + selecting('api', '{app: api}');
    expect(judgeRule(serversOverlap, { before, apply }).caused).toEqual([]);
  });

  // Oracle 3: a younger opaque Server makes meshed callers send bytes.
  test('says what a younger opaque Server still does', () => {
    const opaque = server('younger', '{podSelector: {matchLabels: {app: web}}, port: 8080, proxyProtocol: opaque}');
    const [found] = judgeRule(serversOverlap, { before: deployment('web') + byName, apply: opaque }).caused;
    expect(found?.message).toContain('save that its opaque makes meshed callers send bytes');
  });
});
