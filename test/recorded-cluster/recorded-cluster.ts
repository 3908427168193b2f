import { randomUUID } from 'node:crypto';
import type { Window } from '../../shared/domain/window.ts';
import {
  type Fault,
  type RecordedApi,
  type Reply,
  startRecordedApi,
  statusReply,
} from '../integration/kubernetes/recorded-api-server.ts';
import { serverIdentity } from './own-authority.ts';
import { startRecordedPrometheus } from './recorded-prometheus.ts';

export type RecordedCluster = {
  /** HTTPS on 127.0.0.1; `ca` as PEM. Whoever brings no accepted bearer token is told 401. */
  readonly apiServer: { readonly url: string; readonly ca: string; readonly token: string };
  /** The same Prometheus that stands behind Service linkerd-viz/prometheus:9090 of the API server. */
  readonly prometheus: { readonly url: string };
  /** What was recorded, moved to end at or shortly before `endAt`. */
  readonly window: Window;
  /** By how much the samples were moved, ms. */
  readonly shiftMs: number;
  /** Paths asked of the API server so far, and what tests put in the way of its answers. */
  readonly requests: RecordedApi['requests'];
  readonly faults: RecordedApi['faults'];
  readonly stop: () => Promise<void>;
};

export type RecordedClusterOptions = {
  /** The recording ends with the last whole five minutes before it; epoch ms, by Prometheus's clock not in the future. */
  readonly endAt: number;
  /** Which bearer tokens are accepted, besides the one handed out. An EKS cluster takes `k8s-aws-v1....`. */
  readonly accepts?: (token: string) => boolean | Promise<boolean>;
};

const FIVE_MINUTES = 300_000;
/** As the API server, which is written in Go, has it (net/http DefaultMaxHeaderBytes): queries travel in the URL. */
const MAX_HEADER_BYTES = 1 << 20;
const PROXY = /^\/api\/v1\/namespaces\/([^/]+)\/services\/([^/:]+):(\d+)\/proxy(\/.*)$/;

/** Plays the recorded mesh as a cluster that lives now: its API server, and a real Prometheus behind it. */
export async function startRecordedCluster(options: RecordedClusterOptions): Promise<RecordedCluster> {
  const { endAt, accepts = () => false } = options;
  const { ca, ...tls } = serverIdentity();
  const prometheus = await startRecordedPrometheus(endAt, FIVE_MINUTES);
  const api = await startRecordedApi('final', { tls: { ...tls, maxHeaderSize: MAX_HEADER_BYTES } });
  const token = randomUUID();
  api.faults.push(unauthorized((brought) => brought === token || accepts(brought)));
  api.faults.push(serviceProxy(api, prometheus.url));
  return {
    apiServer: { url: api.url, ca, token },
    prometheus: { url: prometheus.url },
    window: prometheus.window,
    shiftMs: prometheus.shiftMs,
    requests: api.requests,
    faults: api.faults,
    stop: async () => {
      await prometheus.stop();
      await api.stop();
    },
  };
}

const unauthorized =
  (accepts: (token: string) => boolean | Promise<boolean>): Fault =>
  async ({ request }) => {
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    return token !== undefined && (await accepts(token)) ? undefined : statusReply(401, 'Unauthorized', 'Unauthorized');
  };

/** Passes on what is asked of the recorded Prometheus Service, and knows no other that answers. */
const serviceProxy =
  (api: RecordedApi, prometheus: string): Fault =>
  async ({ url }) => {
    const [, namespace, name, port, path] = PROXY.exec(url.pathname) ?? [];
    if (path === undefined) return undefined;
    const services = api.answers.get('v1_services')?.items ?? [];
    const isThere = services.some(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
    if (!isThere) return statusReply(404, 'NotFound', `services "${name}" not found`);
    if (namespace !== 'linkerd-viz' || name !== 'prometheus' || port !== '9090') {
      return statusReply(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
    }
    return passedOn(await fetch(prometheus + path + url.search));
  };

async function passedOn(answer: Response): Promise<Reply> {
  const headers = { 'content-type': answer.headers.get('content-type') ?? 'text/plain' };
  return { status: answer.status, body: await answer.text(), headers };
}
