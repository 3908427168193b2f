import { describe, expect, test } from 'vitest';
import { clusterOf, namespace, object, pod } from '../../cluster-of.ts';
import { edges, entityOf, readRecorded } from '../../read-recorded.ts';

const shop = namespace('shop');
const template = (labels: object, spec: object = {}) => ({ template: { metadata: { labels }, spec } });

describe('the workload of a pod', () => {
  test('is the Deployment above its ReplicaSet, the CronJob above its Job', async () => {
    const observation = await readRecorded(
      clusterOf({
        namespaces: [shop],
        'deployments.apps': [object('web')],
        'replicasets.apps': [object('web-1', {}, ['apps/v1 Deployment web'])],
        'cronjobs.batch': [object('nightly')],
        'jobs.batch': [object('nightly-1', {}, ['batch/v1 CronJob nightly']), object('once')],
        pods: [
          pod('web-1-a', ['apps/v1 ReplicaSet web-1']),
          pod('nightly-1-a', ['batch/v1 Job nightly-1']),
          pod('once-a', ['batch/v1 Job once']),
        ],
      }),
    );
    expect(edges(observation, 'PART_OF')).toEqual([
      'c/shop/Pod/nightly-1-a -> c/shop/CronJob/nightly',
      'c/shop/Pod/once-a -> c/shop/Job/once',
      'c/shop/Pod/web-1-a -> c/shop/Deployment/web',
    ]);
    const workloads = observation.entities.filter(({ label }) => label === 'Workload').map(({ key }) => key);
    expect(workloads).toEqual(['c/shop/CronJob/nightly', 'c/shop/Deployment/web', 'c/shop/Job/once']);
  });

  test('is the Pod that owns it, which owns itself too', async () => {
    const executor = pod('driver-exec-1', ['v1 Pod driver']);
    const { metadata, ...rest } = pod('driver');
    const driver = { metadata: { ...metadata, creationTimestamp: '2026-01-01T00:00:00Z' }, ...rest };
    const observation = await readRecorded(clusterOf({ namespaces: [shop], pods: [executor, driver] }));
    expect(edges(observation, 'PART_OF')).toEqual([
      'c/shop/Pod/driver -> c/shop/Pod/driver',
      'c/shop/Pod/driver-exec-1 -> c/shop/Pod/driver',
    ]);
    const { createdAt } = entityOf(observation, 'Workload', 'c/shop/Pod/driver').props;
    expect(createdAt).toBe(Date.parse('2026-01-01'));
  });

  test('is an owner of any kind nobody lists, known by what its pods have in common', async () => {
    const observation = await readRecorded(
      clusterOf({
        namespaces: [shop],
        serviceaccounts: [object('payer')],
        'replicasets.apps': [object('pay-1', {}, ['argoproj.io/v1alpha1 Rollout pay'])],
        pods: [
          pod('pay-1-a', ['apps/v1 ReplicaSet pay-1'], {
            labels: { app: 'pay', hash: '1' },
            spec: { serviceAccountName: 'payer' },
          }),
          pod('pay-1-b', ['apps/v1 ReplicaSet pay-1'], {
            labels: { app: 'pay', hash: '2' },
            spec: { serviceAccountName: 'payer' },
          }),
          pod('kafka-0', ['core.strimzi.io/v1beta2 StrimziPodSet kafka']),
          pod('train-0', ['batch.volcano.sh/v1alpha1 Job train']),
        ],
      }),
    );
    expect(edges(observation, 'PART_OF')).toEqual([
      'c/shop/Pod/kafka-0 -> c/shop/StrimziPodSet/kafka',
      'c/shop/Pod/pay-1-a -> c/shop/Rollout/pay',
      'c/shop/Pod/pay-1-b -> c/shop/Rollout/pay',
      'c/shop/Pod/train-0 -> c/shop/Job/train',
    ]);
    expect(entityOf(observation, 'Workload', 'c/shop/Rollout/pay').props).toMatchObject({
      kind: 'Rollout',
      labels: ['app=pay'],
      images: ['app:1'],
    });
    expect(edges(observation, 'RUNS_AS')).toEqual(['c/shop/Rollout/pay -> c/shop/ServiceAccount/payer']);
  });

  test('is the pod itself when it has no owner, several, or its Node', async () => {
    const observation = await readRecorded(
      clusterOf({
        namespaces: [shop],
        pods: [pod('bare'), pod('shared', ['a/v1 A x', 'b/v1 B y']), pod('proxy-n1', ['v1 Node n1'])],
      }),
    );
    expect(edges(observation, 'PART_OF')).toEqual(
      ['bare', 'proxy-n1', 'shared'].map((name) => `c/shop/Pod/${name} -> c/shop/Pod/${name}`),
    );
  });

  test('is unknown when its ReplicaSet is not in the list, or its Deployment was just deleted', async () => {
    const observation = await readRecorded(
      clusterOf({
        namespaces: [shop],
        'replicasets.apps': [object('old-1', {}, ['apps/v1 Deployment old'])],
        pods: [pod('new-9-a', ['apps/v1 ReplicaSet new-9']), pod('old-1-a', ['apps/v1 ReplicaSet old-1'])],
      }),
    );
    expect(observation.entities.filter(({ label }) => label === 'Pod')).toHaveLength(2);
    expect(observation.entities.filter(({ label }) => label === 'Workload')).toEqual([]);
    expect(edges(observation, 'PART_OF')).toEqual([]);
  });
});

describe('a workload', () => {
  test('exists at 0 replicas, with the account and labels its template gives', async () => {
    const observation = await readRecorded(
      clusterOf({
        namespaces: [shop],
        serviceaccounts: [object('default'), object('web')],
        services: [object('web', { selector: { app: 'web' } })],
        'deployments.apps': [
          object('web', { replicas: 0, ...template({ app: 'web' }, { serviceAccountName: 'web' }) }),
        ],
      }),
    );
    const { props } = entityOf(observation, 'Workload', 'c/shop/Deployment/web');
    expect(props).toMatchObject({ replicas: 0, readyReplicas: 0, labels: ['app=web'] });
    expect(edges(observation, 'RUNS_AS')).toEqual(['c/shop/Deployment/web -> c/shop/ServiceAccount/web']);
    expect(edges(observation, 'SELECTS')).toEqual(['c/shop/Service/web -> c/shop/Deployment/web']);
  });

  test('whose pods are all over is behind no Service, though its pods exist', async () => {
    const jobPod = pod('migrate-a', ['batch/v1 Job migrate'], { labels: { app: 'web' }, phase: 'Succeeded' });
    const observation = await readRecorded(
      clusterOf({
        namespaces: [shop],
        services: [object('web', { selector: { app: 'web' } })],
        'jobs.batch': [object('migrate', template({ app: 'web' }))],
        pods: [jobPod],
      }),
    );
    expect(edges(observation, 'PART_OF')).toEqual(['c/shop/Pod/migrate-a -> c/shop/Job/migrate']);
    expect(edges(observation, 'SELECTS')).toEqual([]);
  });

  test('is selected through its pods even where the template says something else', async () => {
    const observation = await readRecorded(
      clusterOf({
        namespaces: [shop],
        services: [
          object('one', { selector: { 'statefulset.kubernetes.io/pod-name': 'db-0' } }),
          object('named', { type: 'ExternalName', selector: { app: 'db' } }),
          object('manual', {}),
        ],
        'statefulsets.apps': [object('db', template({ app: 'db' }))],
        pods: [pod('db-0', ['apps/v1 StatefulSet db'], { labels: { 'statefulset.kubernetes.io/pod-name': 'db-0' } })],
      }),
    );
    expect(edges(observation, 'SELECTS')).toEqual(['c/shop/Service/one -> c/shop/StatefulSet/db']);
  });
});
