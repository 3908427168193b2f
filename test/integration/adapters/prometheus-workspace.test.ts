import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { signPost } from '../../../shared/adapters/aws-signature.ts';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../../shared/adapters/prometheus-http.ts';
import { sendToWorkspace } from '../../../shared/adapters/prometheus-workspace.ts';
import { ForbiddenError, NotFoundError, UnavailableError } from '../../../shared/domain/errors.ts';
import { SampleLimitError } from '../../../shared/linkerd/traffic/sample-limit.ts';
import { startCapturedPrometheus } from '../../captured-prometheus.ts';
import type { PrometheusServer } from '../../prometheus-server.ts';
import { verifySignature } from '../../signature-v4.ts';

const AT = Date.parse('2026-11-23T17:55:00Z');
const WORKSPACE = 'ws-1234abcd-12ab-34cd-56ef-1234567890ab';
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

type Answer = { readonly status: number; readonly body: object };
type Workspace = {
  readonly url: string;
  readonly forms: URLSearchParams[];
  /** What the gateway says instead of asking Prometheus. */
  refusal: Answer | undefined;
  readonly stop: () => Promise<void>;
};

/** The gateway of Amazon Managed Prometheus in front of a real one: judges the signature, passes the query on. */
async function startWorkspace(prometheus: string): Promise<Workspace> {
  const forms: URLSearchParams[] = [];
  const workspace = { forms, refusal: undefined as Answer | undefined };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    forms.push(new URLSearchParams(body));
    const { method = '', url = '', headers } = request;
    const { valid, region, service } = verifySignature({ method, url, headers, body }, () => SECRET);
    const isOurs = valid && region === 'eu-central-1' && service === 'aps';
    const unsigned = { status: 403, body: { message: 'The request signature we calculated does not match' } };
    const refusal = workspace.refusal ?? (isOurs ? undefined : unsigned);
    if (refusal !== undefined) {
      response.writeHead(refusal.status, { 'content-type': 'application/json' }).end(JSON.stringify(refusal.body));
      return;
    }
    const path = url.replace(`/workspaces/${WORKSPACE}`, '');
    const answer = await fetch(prometheus + path, {
      method,
      body,
      headers: { 'content-type': String(headers['content-type']) },
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return Object.assign(workspace, { url: `http://127.0.0.1:${port}`, stop });
}

describe('a workspace of Amazon Managed Prometheus', () => {
  let prometheus: PrometheusServer;
  let workspace: Workspace;
  beforeAll(async () => {
    prometheus = await startCapturedPrometheus();
    workspace = await startWorkspace(prometheus.url);
  });
  afterEach(() => {
    workspace.refusal = undefined;
    workspace.forms.length = 0;
  });
  afterAll(async () => {
    await workspace?.stop();
    await prometheus?.stop();
  });

  const query = (promql: string, options: { maxSamples?: number; secret?: string; sessionToken?: string } = {}) => {
    const { maxSamples, secret = SECRET, sessionToken } = options;
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret, ...(sessionToken && { sessionToken }) };
    const identity = { region: async () => 'eu-central-1', credentials: async () => credentials };
    const send = sendToWorkspace({
      workspace: WORKSPACE,
      region: 'eu-central-1',
      endpoint: workspace.url,
      authorize: signPost('aps', identity),
      maxSamples,
    });
    return queryPrometheus(send, 'the workspace', promql, AT);
  };

  test('answers queries that are signed, with characters that encoding could spoil', async () => {
    const promql = 'up{job="linkerd-proxy",namespace=~"books|emojivoto",pod!~"a+ (b)*é"}';
    const direct = await queryPrometheus(sendByUrl({ url: prometheus.url }), 'it', promql, AT);
    expect(direct.series.length).toBeGreaterThan(5);
    expect((await query(promql)).series).toEqual(direct.series);
    expect((await query('vector(1)', { sessionToken: 'IQoJb3JpZ2luX2VjE/+A=' })).series[0]?.values).toEqual([1]);
  });

  test('is told how many samples a query may touch at most', async () => {
    await query('vector(1)');
    await query('vector(1)', { maxSamples: 5_000_000 });
    const thresholds = workspace.forms.map((form) => form.get('max_samples_processed_error_threshold'));
    expect(thresholds).toEqual([null, '5000000']);
  });

  test.each([
    'the query hit the max number of samples processed error threshold (limit: 100)',
    'query timed out in query execution',
  ])('that stops a query at its limits is told apart, so that fewer series are asked: %s', async (error) => {
    workspace.refusal = { status: 422, body: { status: 'error', errorType: 'execution', error } };
    await expect(query('up')).rejects.toThrow(SampleLimitError);
  });

  test('takes no other signature', async () => {
    await expect(query('up', { secret: 'another' })).rejects.toThrow(
      /AWS does not accept the credentials for workspace ws-1234.*in eu-central-1 .*check profile, role and clock/,
    );
  });

  test.each([
    [
      403,
      'User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: aps:QueryMetrics on resource: x',
      ForbiddenError,
      /grant aps:QueryMetrics on it/,
    ],
    [403, 'The security token included in the request is expired', ForbiddenError, /have expired .*log in again/],
    [403, 'The security token included in the request is invalid.', ForbiddenError, /does not accept the credentials/],
    [404, 'Workspace not found', NotFoundError, /check its id, region and account/],
    [429, 'Too Many Requests', UnavailableError, /cannot answer now \(429\).*Too Many Requests/],
  ])('says why it does not answer: %i %s', async (status, message, kind, words) => {
    workspace.refusal = { status, body: { message } };
    const error = await query('up').catch((reason) => reason);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(words);
  });
});
