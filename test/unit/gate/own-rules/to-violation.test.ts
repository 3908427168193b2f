import { expect, test } from 'vitest';
import { parseOwnCheck } from '../../../../shared/checks/own-checks/parse-own-check.ts';
import { judgeRows, objectKeys } from '../../../../shared/gate/own-rules/to-violation.ts';

const rule = parseOwnCheck(
  {
    id: 'no-batch',
    folder: 'no-batch',
    yaml: 'title: a\nseverity: low\nrationale: b\nremedy: c\nmessage: "{who} on {ports}, {n} times, owner {owner}"\nfingerprint: [who]\nabout: [key]',
    query: 'RETURN 1',
  },
  { ids: [], noun: 'rule' },
);
const row = (who: string, n: number) => ({ who, n, ports: [80, 443], owner: null, key: 'prod/shop/Server/web' });

test('a row with a fingerprint that was there before was not caused, whatever else it says now; each is told once', () => {
  const keys = new Map([['prod/shop/Server/web', 'Server.policy.linkerd.io/shop/web']]);
  const { caused, existing } = judgeRows(
    rule,
    { before: [row('old', 1), row('gone', 1)], after: [row('old', 2), row('new', 3), row('new', 3)] },
    keys,
  );
  expect(existing.map(({ message }) => message)).toEqual(['old on 80, 443, 2 times, owner none']);
  expect(caused).toEqual([
    {
      message: 'new on 80, 443, 3 times, owner none',
      places: [{ key: 'Server.policy.linkerd.io/shop/web' }],
      fingerprint: ['"new"'],
      row: { who: 'new', n: 3, ports: ['80', '443'], owner: null, key: 'prod/shop/Server/web' },
    },
  ]);
});

test('objects are found by the keys of the graph, in which routes of two groups differ', () => {
  const route = (group: string) => ({
    apiVersion: `${group}/v1`,
    kind: 'HTTPRoute',
    metadata: { name: 'read', namespace: 'shop' },
  });
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'admin' } };
  const objects = [route('policy.linkerd.io'), route('gateway.networking.k8s.io'), role];
  expect([...objectKeys('prod', objects)]).toEqual([
    ['prod/shop/HTTPRoute.policy.linkerd.io/read', 'HTTPRoute.policy.linkerd.io/shop/read'],
    ['prod/shop/HTTPRoute.gateway.networking.k8s.io/read', 'HTTPRoute.gateway.networking.k8s.io/shop/read'],
    ['prod/ClusterRole/admin', 'ClusterRole.rbac.authorization.k8s.io/-/admin'],
  ]);
});
