import type { Window } from '../../shared/domain/window.ts';
import { remoteWrite, type WrittenSample, type WrittenSeries } from '../remote-write.ts';

/** Workloads in a ring, each with `pods` pods and calling the next `callees` of them. */
export type MeshScale = { readonly workloads: number; readonly pods: number; readonly callees: number };

/** 20,000 call pairs between 2,000 workloads with 10,000 pods. */
export const FULL_MESH: MeshScale = { workloads: 2_000, pods: 5, callees: 10 };
export const SMOKE_MESH: MeshScale = { workloads: 8, pods: 2, callees: 2 };

export const SCRAPE_MS = 30_000;

/** What one pod's counter of answers grows by from scrape to scrape. */
export const GROWTH = 3;

/** Bounds of the latency histogram; the proxy's own has 26. */
const BOUNDS = ['10', '50', '100', '1000', '+Inf'];

const SERIES_A_REQUEST = 10_000;

const nameOf = (workload: number): string => `service-${workload}`;
const namespaceOf = (workload: number): string => `team-${workload % 60}`;
const identityOf = (workload: number): string =>
  `${nameOf(workload)}.${namespaceOf(workload)}.serviceaccount.identity.linkerd.cluster.local`;

/** Writes what a scraper would hold of the mesh from two scrapes before the window to its end. Returns what was fed. */
export async function feedMesh(
  url: string,
  scale: MeshScale,
  window: Window,
): Promise<{ series: number; samples: number }> {
  const times: number[] = [];
  for (let time = window.from - 2 * SCRAPE_MS + 1_000; time < window.to; time += SCRAPE_MS) times.push(time);
  let series = 0;
  let batch: WrittenSeries[] = [];
  for (const one of meshSeries(scale, times)) {
    series += 1;
    batch.push(one);
    if (batch.length < SERIES_A_REQUEST) continue;
    await remoteWrite(url, batch);
    batch = [];
  }
  if (batch.length > 0) await remoteWrite(url, batch);
  return { series, samples: series * times.length };
}

function* meshSeries(scale: MeshScale, times: readonly number[]): Generator<WrittenSeries> {
  const flat = (value: number): WrittenSample[] => times.map((time) => ({ time, value }));
  const growing = (by: number): WrittenSample[] => times.map((time, scrape) => ({ time, value: 1_000 + scrape * by }));
  const [ups, starts, answers, bytes] = [flat(1), flat(1_700_000_000), growing(GROWTH), growing(1_500)];
  const [none, buckets] = [flat(0), BOUNDS.map((_, bound) => growing(Math.min(GROWTH, bound)))];

  for (let workload = 0; workload < scale.workloads; workload += 1) {
    for (let pod = 0; pod < scale.pods; pod += 1) {
      const target = targetLabels(scale, workload, pod);
      const series = (name: string, labels: object, samples: readonly WrittenSample[]): WrittenSeries => ({
        labels: { __name__: name, ...target, ...labels },
        samples,
      });
      yield series('up', {}, ups);
      yield series('process_start_time_seconds', {}, starts);
      for (let step = 1; step <= scale.callees; step += 1) {
        const callee = (workload + step) % scale.workloads;
        const outbound = outboundLabels(scale, callee, pod);
        const ok = { status_code: '200', classification: 'success', grpc_status: '', error: '' };
        yield series('request_total', outbound, answers);
        yield series('response_total', { ...outbound, ...ok }, answers);
        if (step === 1) {
          yield series('response_total', { ...outbound, ...ok, status_code: '503', classification: 'failure' }, none);
        }
        for (const [bound, le] of BOUNDS.entries()) {
          const labels = { ...outbound, status_code: '200', le };
          yield series('response_latency_ms_bucket', labels, buckets[bound] as WrittenSample[]);
        }
        yield series('tcp_open_total', { ...outbound, peer: 'dst' }, none);
        yield series('tcp_read_bytes_total', { ...outbound, peer: 'dst' }, bytes);
        yield series('tcp_write_bytes_total', { ...outbound, peer: 'dst' }, bytes);

        const caller = (workload + scale.workloads - step) % scale.workloads;
        const inbound = inboundLabels(caller, workload);
        yield series('inbound_http_authz_allow_total', inbound, answers);
        yield series('response_total', { direction: 'inbound', ...inbound, ...ok }, answers);
      }
    }
  }
}

const podName = (workload: number, pod: number): string => `${nameOf(workload)}-6f7d9c5b4-${pod}`;

const addressOf = ({ pods }: MeshScale, workload: number, pod: number): string => {
  const number = workload * pods + pod;
  return `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
};

/** The labels of linkerd-viz's own scrape configuration. */
const targetLabels = (scale: MeshScale, workload: number, pod: number) => ({
  job: 'linkerd-proxy',
  instance: `${addressOf(scale, workload, pod)}:4191`,
  namespace: namespaceOf(workload),
  pod: podName(workload, pod),
  deployment: nameOf(workload),
  control_plane_ns: 'linkerd',
  pod_template_hash: '6f7d9c5b4',
  workload_ns: namespaceOf(workload),
});

/** Each pod holds connections to one pod of every workload it calls: with all of them there were `pods` times the series. */
const outboundLabels = (scale: MeshScale, callee: number, pod: number) => ({
  direction: 'outbound',
  authority: `${nameOf(callee)}.${namespaceOf(callee)}.svc.cluster.local:8080`,
  target_addr: `${addressOf(scale, callee, pod)}:8080`,
  target_ip: addressOf(scale, callee, pod),
  target_port: '8080',
  tls: 'true',
  server_id: identityOf(callee),
  dst_control_plane_ns: 'linkerd',
  dst_deployment: nameOf(callee),
  dst_namespace: namespaceOf(callee),
  dst_pod: podName(callee, pod),
  dst_pod_template_hash: '6f7d9c5b4',
  dst_service: nameOf(callee),
  dst_serviceaccount: nameOf(callee),
});

const inboundLabels = (caller: number, workload: number) => ({
  target_addr: '0.0.0.0:8080',
  target_ip: '0.0.0.0',
  target_port: '8080',
  tls: 'true',
  client_id: identityOf(caller),
  srv_group: 'policy.linkerd.io',
  srv_kind: 'server',
  srv_name: `${nameOf(workload)}-http`,
  srv_port: '8080',
  route_group: '',
  route_kind: 'default',
  route_name: 'default',
  authz_group: 'policy.linkerd.io',
  authz_kind: 'authorizationpolicy',
  authz_name: `${nameOf(workload)}-clients`,
});
