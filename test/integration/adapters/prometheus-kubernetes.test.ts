import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { kubernetesFetch, tokenAccess } from '../../../shared/adapters/kubernetes-fetch.ts';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../../shared/adapters/prometheus-http.ts';
import { sendThroughKubernetes } from '../../../shared/adapters/prometheus-kubernetes.ts';
import { startCapturedPrometheus } from '../../captured-prometheus.ts';
import type { PrometheusServer } from '../../prometheus-server.ts';
import { type MisbehavingServer, reply, startMisbehavingServer } from './misbehaving-server.ts';

const AT = Date.parse('2026-11-23T17:55:00Z');
const QUERY = 'sum by(deployment)(response_total{job="linkerd-proxy",direction="outbound"})';
const SERVICE = { namespace: 'linkerd-viz', service: 'prometheus', port: 9090 };
const PROXY = '/api/v1/namespaces/linkerd-viz/services/prometheus:9090/proxy';

let prometheus: PrometheusServer;
/** In the place of the API server: it passes requests to the Service on to the real Prometheus, or refuses them. */
let api: MisbehavingServer;
beforeAll(async () => {
  prometheus = await startCapturedPrometheus();
  api = await startMisbehavingServer();
});
afterAll(async () => {
  await prometheus?.stop();
  await api?.stop();
});
beforeEach(() => {
  api.answers = [
    async (request, response) => {
      const answer = await fetch(prometheus.url + (request.url ?? '').replace(PROXY, ''));
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    },
  ];
  api.requests.length = 0;
});

const ask = () => {
  const fetch = kubernetesFetch(tokenAccess(api.url, undefined, async () => 'secret-token'));
  return queryPrometheus(sendThroughKubernetes(fetch, SERVICE), 'Prometheus behind linkerd-viz/prometheus', QUERY, AT);
};
const status = (code: number, reason: string, message: string) =>
  reply(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message, code });

test('a Prometheus behind a Service answers through the API server as it does directly', async () => {
  const direct = await queryPrometheus(sendByUrl({ url: prometheus.url }), 'it', QUERY, AT);
  const through = await ask();
  expect(through.series).toEqual(direct.series);
  expect(through.series.length).toBeGreaterThan(3);
  expect(api.requests[0]).toMatchObject({ method: 'GET', headers: { authorization: 'Bearer secret-token' } });
  expect(api.requests[0]?.url).toMatch(new RegExp(`^${PROXY}/api/v1/query\\?query=`));
});

test('a refusal of Linkerd policy in front of Prometheus gets the advice on that policy', async () => {
  api.answers = [reply(403, '', { 'content-type': 'text/plain' })];
  await expect(ask()).rejects.toThrow(
    /^Prometheus behind linkerd-viz\/prometheus refused the query \(403\)\. If it is linkerd-viz's own Prometheus, .*AuthorizationPolicy.*NetworkAuthentication/,
  );
});

test("the API server's own refusals are told as its own", async () => {
  api.answers = [status(403, 'Forbidden', 'services "prometheus:9090" is forbidden: User "dev" cannot get resource')];
  await expect(ask()).rejects.toThrow(
    /does not let us reach Service linkerd-viz\/prometheus:9090 .*grant "get" on "services\/proxy"/,
  );
  api.answers = [status(401, 'Unauthorized', 'Unauthorized')];
  await expect(ask()).rejects.toThrow('the API server does not accept our credentials: Unauthorized');
  api.answers = [status(404, 'NotFound', 'services "prometheus" not found')];
  await expect(ask()).rejects.toThrow(/there is no Service linkerd-viz\/prometheus:9090 .*prometheus\.url/);
  api.answers = [status(503, 'ServiceUnavailable', 'no endpoints available for service "prometheus:9090"')];
  await expect(ask()).rejects.toThrow(
    /cannot reach Service linkerd-viz\/prometheus:9090 now \(503: no endpoints available/,
  );
});

test("Prometheus's own refusal of a query stays its own", async () => {
  api.answers = [reply(422, { status: 'error', error: 'too many samples' })];
  await expect(ask()).rejects.toThrow('stopped the query at its sample limit: too many samples');
});
