import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleObservations } from '../../../cli/pipeline/bundle-observations.ts';
import { readCluster } from '../../../functions/read-cluster/read-cluster.ts';
import { readTraffic } from '../../../functions/read-traffic/read-traffic.ts';
import { openBundle } from '../../../shared/adapters/bundle-file.ts';
import { kubernetesApi } from '../../../shared/adapters/kubernetes-api.ts';
import { kubernetesFetch, tokenAccess } from '../../../shared/adapters/kubernetes-fetch.ts';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendThroughKubernetes } from '../../../shared/adapters/prometheus-kubernetes.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { type RecordedCluster, startRecordedCluster } from '../../recorded-cluster/recorded-cluster.ts';

const MINUTE = 60_000;
const BUNDLE = join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz');
const NOW = Date.now();
const entityModel = entityModelSchema.parse({});

let cluster: RecordedCluster;
beforeAll(async () => {
  cluster = await startRecordedCluster({ endAt: NOW, accepts: (token) => token.startsWith('k8s-aws-v1.') });
});
afterAll(() => cluster?.stop());

const reach = (token: string, { url, ca } = cluster.apiServer) =>
  kubernetesFetch(tokenAccess(url, ca, async () => token));

const counts = ({ calls, arrivals }: TrafficObservation) => ({
  calls: calls.map(({ latencyMs: _, ...call }) => call),
  arrivals,
});

test('the recording ends with the last whole five minutes before now', () => {
  expect(NOW - cluster.window.to).toBe(NOW % (5 * MINUTE));
  expect(cluster.window.to - cluster.window.from).toBe(11 * MINUTE);
});

test('every minute read through its API server holds what that minute of the recording holds', async () => {
  const service = { namespace: 'linkerd-viz', service: 'prometheus', port: 9090 };
  const send = sendThroughKubernetes(reach(cluster.apiServer.token), service);
  const reading = { periodMs: MINUTE, until: Number.POSITIVE_INFINITY, entityModel };
  let requests = 0;
  for await (const recorded of bundleObservations(await openBundle(BUNDLE), reading)) {
    if (recorded.source !== 'traffic') continue;
    const window = { from: recorded.window.from + cluster.shiftMs, to: recorded.window.to + cluster.shiftMs };
    const live = await readTraffic(
      { query: (promql, at) => queryPrometheus(send, 'the recorded Prometheus', promql, at), now: () => NOW },
      {
        cluster: 'demo',
        window,
        labels: VIZ_LABELS,
        settlingMs: 0,
        lookbackMs: 15 * MINUTE,
        farLookbackMs: 360 * MINUTE,
        retainIdleMs: 10 * MINUTE,
      },
    );
    expect(counts(live)).toEqual(counts(recorded));
    expect(live.coverage.complete).toBe(recorded.coverage.complete);
    requests += live.calls.reduce((sum, call) => sum + call.requests, 0);
  }
  expect(requests).toBeGreaterThan(1_000);
});

test('all its objects are listed by a token of its own, or of EKS', async () => {
  for (const token of [cluster.apiServer.token, 'k8s-aws-v1.aHR0cHM6']) {
    const observation = await readCluster(
      { list: kubernetesApi(reach(token), { pageSize: 50 }), now: () => NOW },
      { cluster: 'demo', entityModel },
    );
    expect(observation.entities.length).toBeGreaterThan(100);
    const unread = Object.values(observation.coverage.kinds).filter((kind) => !/complete|absent/.test(kind.status));
    expect(unread).toEqual([]);
  }
});

test('a wrong token, and a CA that did not sign it, reach nothing', async () => {
  expect((await reach('stolen')('/api/v1/pods')).status).toBe(401);
  const { url } = cluster.apiServer;
  await expect(kubernetesFetch(tokenAccess(url, undefined, async () => 't'))('/version')).rejects.toThrow(
    /does not verify/,
  );
});

test('a Service that is not there is told from one that nothing answers for', async () => {
  const get = reach(cluster.apiServer.token);
  expect((await get('/api/v1/namespaces/linkerd-viz/services/nothing:9090/proxy/-/ready')).status).toBe(404);
  expect((await get('/api/v1/namespaces/linkerd-viz/services/web:8084/proxy/-/ready')).status).toBe(503);
  expect((await get('/api/v1/namespaces/linkerd-viz/services/prometheus:9090/proxy/-/ready')).status).toBe(200);
});
