import { expect, test } from 'vitest';
import type { ClusterObservation } from '../../../../shared/domain/observation.ts';
import { identityOwners } from '../../../../shared/gate/traffic/identity-owners.ts';

const ACCOUNT = { label: 'ServiceAccount', key: 'prod/shop/ServiceAccount/web' };
const IDENTITY = { label: 'Identity', key: 'prod/Identity/web.shop' };
const keyOf = (name: string) => `prod/shop/Deployment/${name}`;

/** A scan that saw these workloads run as ServiceAccount web; `read` = it read them whole. */
function scan(at: number, names: readonly string[], read = true): ClusterObservation {
  const props = (name: string) => ({ namespace: 'shop', kind: 'Deployment', name });
  return {
    schema: 'meshgraph.observation/v1',
    id: `prod/cluster/${at}`,
    cluster: 'prod',
    source: 'cluster',
    at,
    readAt: at,
    entities: names.map((name) => ({ label: 'Workload', key: keyOf(name), family: 'workloads', props: props(name) })),
    relations: [
      { type: 'HAS_IDENTITY', from: ACCOUNT, to: IDENTITY, family: 'identities', props: {} },
      ...names.map((name) => ({
        type: 'RUNS_AS',
        from: { label: 'Workload', key: keyOf(name) },
        to: ACCOUNT,
        family: 'workloads/accounts',
        props: {},
      })),
    ],
    coverage: { kinds: {}, families: read ? ['workloads', 'workloads/accounts'] : [], notes: [] },
  };
}

function ownersSince(since: number, scans: readonly ClusterObservation[]): string[] {
  const owners = identityOwners();
  for (const one of scans) owners.add(one);
  return owners
    .since(since)(IDENTITY.key)
    .map(({ name }) => name);
}

test('every workload that runs as the ServiceAccount of an identity carries it', () => {
  expect(ownersSince(0, [scan(10, ['web', 'api'])])).toEqual(['shop/api', 'shop/web']);
});

test('one that is gone carried it until the scan that missed it, and no later', () => {
  const scans = [scan(10, ['web', 'api']), scan(20, ['web']), scan(30, ['web'])];
  expect(ownersSince(19, scans)).toEqual(['shop/api', 'shop/web']);
  expect(ownersSince(20, scans)).toEqual(['shop/web']);
});

test('one that came back carries it again', () => {
  expect(ownersSince(25, [scan(10, ['web']), scan(20, []), scan(30, ['web'])])).toEqual(['shop/web']);
});

test('a scan that could not read workloads ends nothing', () => {
  expect(ownersSince(25, [scan(10, ['web']), scan(20, [], false)])).toEqual(['shop/web']);
});

test('nobody carries an identity that no scan named', () => {
  const owners = identityOwners();
  owners.add(scan(10, ['web']));
  expect(owners.since(0)('prod/Identity/other')).toEqual([]);
});
