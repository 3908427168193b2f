import { describe, expect, test } from 'vitest';
import { parseLinkerdConfig } from '../../../shared/kubernetes/control-plane.ts';
import { selects } from '../../../shared/kubernetes/label-selector.ts';
import { mirroredServices } from '../../../shared/kubernetes/mirrors.ts';
import { parseTrustBundle } from '../../../shared/kubernetes/trust-anchors.ts';
import { clusterOf, namespace, object } from '../../cluster-of.ts';
import { edges, entityOf, readRecorded } from '../../read-recorded.ts';

describe('the values of the control plane', () => {
  test('default the trust domain to the cluster domain, then to cluster.local', () => {
    expect(parseLinkerdConfig('identityTrustDomain: ""\nclusterDomain: east.example\n').trustDomain).toBe(
      'east.example',
    );
    expect(parseLinkerdConfig('proxy:\n').trustDomain).toBe('cluster.local');
  });

  test('name one opaque port as a number, several as text', () => {
    const opaquePorts = (yaml: string) => parseLinkerdConfig(`proxy: {opaquePorts: ${yaml}}`).opaquePorts;
    expect([opaquePorts('3306'), opaquePorts('"25, 3306"')]).toEqual([['3306'], ['25', '3306']]);
  });

  test.each(['[', 'a list', 'clusterNetworks: 7'])('that are not values (%s) are refused in words', (yaml) => {
    expect(() => parseLinkerdConfig(yaml)).toThrow(/expected .* in ConfigMap linkerd-config/);
  });

  test('broken leave identities unread, not gone', async () => {
    const lister = clusterOf({ serviceaccounts: [object('web')] }, { 'linkerd-config': { values: '[' } });
    const { coverage } = await readRecorded(lister);
    expect(coverage.kinds['configmaps/linkerd-config']?.status).toBe('failed');
    expect(coverage.families).not.toContain('identities');
  });

  test('are looked for in the namespace labelled as the control plane’s', async () => {
    const lister = clusterOf({
      namespaces: [namespace('shop'), namespace('mesh-system', {}, { 'linkerd.io/is-control-plane': 'true' })],
    });
    const asked: string[] = [];
    await readRecorded({
      ...lister,
      getConfigMap: async (space, name) => {
        asked.push(`${space}/${name}`);
        return undefined;
      },
    });
    expect(asked).toEqual(['mesh-system/linkerd-config', 'mesh-system/linkerd-identity-trust-roots']);
  });

  test('whose trust bundle is not PEM are refused in words', async () => {
    await expect(parseTrustBundle('not a certificate')).rejects.toThrow(/expected PEM certificates/);
  });
});

describe('a Service of another cluster', () => {
  const link = object('west', { targetClusterName: 'west', gatewayAddress: '192.0.2.1' });
  const mirror = (labels: object, annotations: object) => ({
    metadata: { namespace: 'shop', name: 'web-west', labels: { ...labels }, annotations: { ...annotations } },
    spec: {},
  });

  test('mirrored through a gateway is known by the remote name, and hangs on its Link', async () => {
    const service = mirror(
      { 'mirror.linkerd.io/mirrored-service': 'true', 'mirror.linkerd.io/cluster-name': 'west' },
      {
        'mirror.linkerd.io/remote-svc-fq-name': 'web.front.svc.cluster.local',
        'mirror.linkerd.io/remote-resource-version': '12345',
      },
    );
    const observation = await readRecorded(clusterOf({ services: [service], 'links.multicluster.linkerd.io': [link] }));
    const { props } = entityOf(observation, 'Service', 'c/shop/Service/web-west');
    expect(props.mirrorOf).toBe('web.front@west');
    expect(props.annotations).toEqual(['mirror.linkerd.io/remote-svc-fq-name=web.front.svc.cluster.local']);
    expect(edges(observation, 'MIRRORS')).toEqual(['c/shop/Service/web-west -> c/shop/Link/west']);
  });

  test('is one pod of a headless Service where its name says so', () => {
    const { metadata } = mirror(
      { 'mirror.linkerd.io/mirrored-service': 'true', 'mirror.linkerd.io/cluster-name': 'west' },
      { 'mirror.linkerd.io/remote-svc-fq-name': 'db-0.db.svc.svc.west.example' },
    );
    expect(mirroredServices(metadata)).toEqual([{ cluster: 'west', text: 'db-0.db.svc@west' }]);
  });

  test('federated stands for one in each cluster', () => {
    const { metadata } = mirror({}, { 'multicluster.linkerd.io/remote-discovery': 'web@west,web@north' });
    expect(mirroredServices(metadata)).toEqual([
      { cluster: 'north', text: 'web.shop@north' },
      { cluster: 'west', text: 'web.shop@west' },
    ]);
  });

  test('is not every Service that names a cluster', () => {
    expect(mirroredServices(mirror({ 'mirror.linkerd.io/cluster-name': 'west' }, {}).metadata)).toEqual([]);
  });
});

test('a ServiceAccount assumes the AWS role it is annotated with', async () => {
  const arn = 'arn:aws:iam::123456789012:role/shop/reader';
  const account = { metadata: { namespace: 'shop', name: 'web', annotations: { 'eks.amazonaws.com/role-arn': arn } } };
  const observation = await readRecorded(clusterOf({ serviceaccounts: [account] }));
  expect(entityOf(observation, 'AwsRole', `c/AwsRole/${arn}`).props).toEqual({ name: 'reader', arn });
  expect(edges(observation, 'ASSUMES')).toEqual([`c/shop/ServiceAccount/web -> c/AwsRole/${arn}`]);
});

test('the health of an external workload changes with its condition, not with each probe of it', async () => {
  const status = async (ready: string, minute: number) => {
    const time = `2026-01-01T00:0${minute}:00Z`;
    const condition = { type: 'Ready', status: ready, lastProbeTime: time, lastTransitionTime: time };
    const workload = { ...object('vm-1'), status: { conditions: [condition] } };
    const observation = await readRecorded(clusterOf({ 'externalworkloads.workload.linkerd.io': [workload] }));
    return entityOf(observation, 'ExternalWorkload', 'c/shop/ExternalWorkload/vm-1').props.status;
  };
  expect(await status('True', 2)).toBe(await status('True', 1));
  expect(await status('False', 2)).not.toBe(await status('True', 1));
});

test('a Server selects external workloads by their labels', async () => {
  const externalWorkloadSelector = { matchLabels: { app: 'vm' } };
  const observation = await readRecorded(
    clusterOf({
      'externalworkloads.workload.linkerd.io': [object('vm-1', {}, [], { app: 'vm' }), object('vm-2')],
      'servers.policy.linkerd.io': [object('s', { port: 8080, externalWorkloadSelector })],
    }),
  );
  expect(edges(observation, 'SELECTS')).toEqual(['c/shop/Server/s -> c/shop/ExternalWorkload/vm-1']);
  expect(entityOf(observation, 'Server', 'c/shop/Server/s').props.port).toBe('8080');
});

describe('a label selector', () => {
  const labels = new Map([['app', 'web']]);
  const expression = (operator: string, values?: string[]) => ({
    matchExpressions: [{ key: 'app', operator, ...(values && { values }) }],
  });
  test.each([
    [{}, true],
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'db' } }, false],
    [expression('In', ['web', 'db']), true],
    [expression('NotIn', ['web']), false],
    [expression('Exists'), true],
    [expression('DoesNotExist'), false],
    [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['edge'] }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['edge'] }] }, false],
    [expression('Around', ['web']), false],
  ])('%j on app=web: %s', (selector, expected) => {
    expect(selects(selector, labels)).toBe(expected);
  });
});
