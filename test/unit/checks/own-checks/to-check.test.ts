import { expect, test } from 'vitest';
import { entityOf } from '../../../../shared/checks/own-checks/entity-of.ts';
import { parseOwnCheck } from '../../../../shared/checks/own-checks/parse-own-check.ts';
import { toCheck } from '../../../../shared/checks/own-checks/to-check.ts';

const YAML =
  'title: a\nseverity: low\nrationale: b\nremedy: c\nmessage: "{who} on {ports}, {n} times, owner {owner}"\nfingerprint: [who]\nabout: [keys, key]\n';
const check = (more = '') =>
  toCheck(
    parseOwnCheck({ id: 'own', folder: 'own', yaml: YAML + more, query: 'RETURN 1' }, { ids: [], noun: 'check' }),
  );
const row = (who: string, n: number) => ({
  who,
  n,
  ports: [80, 443],
  owner: null,
  keys: ['prod/shop/Deployment/web', null],
  key: 'prod/shop/MeshTLSAuthentication/admins',
});

test('its rows are violations: a sentence, what they are about, and what makes them the same next time', () => {
  expect(check().violations([row('a', 1)])).toEqual([
    {
      message: 'a on 80, 443, 1 times, owner none',
      about: [
        { label: 'Workload', key: 'prod/shop/Deployment/web' },
        { label: 'Authentication', key: 'prod/shop/MeshTLSAuthentication/admins' },
      ],
      fingerprint: ['"a"'],
      row: row('a', 1),
    },
  ]);
});

test('rows that are the same violation are told once, by the first', () => {
  const told = check().violations([row('b', 1), row('a', 2), row('b', 3)]);
  expect(told.map(({ message }) => message)).toEqual([
    'b on 80, 443, 1 times, owner none',
    'a on 80, 443, 2 times, owner none',
  ]);
});

test('where it does not say what must be known, everything must', () => {
  const { needs } = check();
  expect(needs.traffic).toBe(true);
  expect(needs.families).toEqual(expect.arrayContaining(['pods', 'bindings', 'links.multicluster.linkerd.io']));
  expect(check('needs: {families: [pods]}\n').needs).toEqual({ traffic: false, families: ['pods'] });
});

test.each([
  ['prod', 'Cluster'],
  ['prod/Unauthenticated', 'Unauthenticated'],
  ['prod/Namespace/shop', 'Namespace'],
  ['prod/Identity/web.shop.serviceaccount.identity.linkerd.cluster.local', 'Identity'],
  ['prod/Identity/spiffe://root.linkerd.cluster.local/shop/web', 'Identity'],
  ['prod/External/example.org:443/x', 'External'],
  ['prod/ClusterRole/admin', 'Role'],
  ['prod/Group/system:masters', 'Subject'],
  ['prod/DataClass/personal', 'DataClass'],
  ['prod/shop/Role/reader', 'Role'],
  ['prod/shop/StatefulSet/db', 'Workload'],
  ['prod/shop/Rollout/web', 'Workload'],
  ['prod/shop/Pod/web-1', 'Pod'],
  ['prod/shop/Service/web', 'Service'],
  ['prod/shop/HTTPRoute.gateway.networking.k8s.io/web', 'Route'],
  ['prod/shop/HTTPLocalRateLimitPolicy/web', 'RateLimit'],
])('%s is the key of a %s', (key, label) => {
  expect(entityOf(key)).toEqual({ label, key });
});
