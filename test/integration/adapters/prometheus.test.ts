import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { queryPrometheus } from '../../../shared/adapters/prometheus.ts';
import { sendByUrl } from '../../../shared/adapters/prometheus-http.ts';
import { ContractError, ForbiddenError, InvalidInputError, UnavailableError } from '../../../shared/domain/errors.ts';
import { type PrometheusServer, startPrometheus } from '../../prometheus-server.ts';
import { remoteWrite } from '../../remote-write.ts';
import { cutOff, type MisbehavingServer, reply, startMisbehavingServer } from './misbehaving-server.ts';

const AT = Date.parse('2026-11-23T18:00:00Z');
const vector = (value = '1') => ({
  status: 'success',
  data: { resultType: 'vector', result: [{ metric: { job: 'x' }, value: [AT / 1000, value] }] },
});

let server: MisbehavingServer;
beforeAll(async () => {
  server = await startMisbehavingServer();
});
afterAll(() => server?.stop());
beforeEach(() => {
  server.answers = [];
  server.requests.length = 0;
});

const query = (url = server.url, access: object = {}) =>
  queryPrometheus(sendByUrl({ url, ...access }), 'Prometheus at test', 'up{job="x"}', AT);

describe('an answer that is none is told in one sentence', () => {
  test.each<[string, ReturnType<typeof reply>, new (message: string) => Error, string]>([
    [
      'a login page',
      reply(200, '<html>Sign in</html>', { 'content-type': 'text/html' }),
      ContractError,
      'an HTML page came: is this a login page or a dashboard',
    ],
    [
      'truncated JSON',
      reply(200, JSON.stringify(vector()).slice(0, 60)),
      ContractError,
      'what came is no whole JSON (60 characters, application/json)',
    ],
    [
      'other JSON',
      reply(200, { hello: 'world' }),
      ContractError,
      'answered JSON that is no Prometheus query answer ({"hello":"world"}): check the URL',
    ],
    [
      '401',
      reply(401, 'who are you'),
      ForbiddenError,
      'did not accept the credentials (401): who are you. Check user, token or certificate',
    ],
    [
      '403, with the advice on Linkerd policy',
      reply(403, ''),
      ForbiddenError,
      'add an AuthorizationPolicy in namespace linkerd-viz with targetRef Server prometheus-admin',
    ],
    [
      '404',
      reply(404, '404 page not found'),
      InvalidInputError,
      'has no Prometheus API (404 at /api/v1/query): check host, port and path',
    ],
    [
      '400, in its own words',
      reply(400, { status: 'error', errorType: 'bad_data', error: '1:3: parse error' }),
      ContractError,
      'answered 400 to a query: 1:3: parse error',
    ],
    [
      '422 over the sample limit',
      reply(422, {
        status: 'error',
        error: 'query processing would load too many samples into memory in query execution',
      }),
      InvalidInputError,
      'stopped the query at its sample limit',
    ],
    [
      '429 that stays',
      reply(429, 'slow down', { 'retry-after': '0' }),
      UnavailableError,
      'cannot answer now (429): slow down. Try again in 0 s.',
    ],
    [
      '503 that stays',
      reply(503, 'starting', { 'retry-after': '0' }),
      UnavailableError,
      'cannot answer now (503): starting.',
    ],
    [
      'a connection that breaks off',
      cutOff('{"status":"succ'),
      UnavailableError,
      'no answer from Prometheus at http://127.0.0.1:',
    ],
  ])('%s', async (_, answer, kind, sentence) => {
    server.answers = [answer];
    const failed = query();
    await expect(failed).rejects.toBeInstanceOf(kind);
    await expect(failed).rejects.toThrow(sentence);
    await expect(failed).rejects.toThrow(/^[^\n]+$/);
  });

  test('a token that is a whole document', async () => {
    const authorize = async () => ({ authorization: 'Bearer {\n"token": "abc"\n}' });
    const error = await query('http://127.0.0.1:1', { authorize }).catch((caught: Error) => caught);
    expect(error).toMatchObject({ message: expect.stringContaining('Name its key in the secret') });
    expect((error as Error).message).not.toContain('abc');
  });

  test('a port where nothing listens', async () => {
    await expect(query('http://127.0.0.1:9')).rejects.toThrow(
      'nothing listens at http://127.0.0.1:9: is Prometheus up and the port right?',
    );
  });

  test('a server that speaks no TLS, asked for https', async () => {
    server.answers = [reply(200, vector())];
    await expect(query(server.url.replace('http:', 'https:'))).rejects.toThrow('does not speak TLS: try http://');
  });

  test('a server that does not answer in time', async () => {
    server.answers = [() => {}];
    await expect(query(server.url, { timeoutMs: 100 })).rejects.toThrow('no answer in 0.1 s');
  });
});

test('429, 502, 503, 504 and a broken connection are asked again', async () => {
  for (const status of [429, 502, 503, 504]) {
    server.answers = [reply(status, '', { 'retry-after': '0' }), reply(200, vector())];
    await expect(query(), String(status)).resolves.toMatchObject({ series: [{ values: [1] }] });
  }
  server.answers = [(request) => request.socket.destroy(), reply(200, vector())];
  await expect(query()).resolves.toMatchObject({ series: [{ values: [1] }] });
});

test('warnings and the server clock are handed on, odd numbers understood', async () => {
  const date = 'Mon, 23 Nov 2026 18:00:07 GMT';
  server.answers = [reply(200, { ...vector('+Inf'), warnings: ['partial data'] }, { date })];
  expect(await query()).toEqual({
    series: [{ labels: { job: 'x' }, times: [AT], values: [Number.POSITIVE_INFINITY] }],
    warnings: ['partial data'],
    serverTime: Date.parse(date),
  });
});

test('a query is posted to the path below the URL, with its credentials and instant', async () => {
  server.answers = [reply(200, vector())];
  await query(`${server.url}/prefix/`, { authorize: async () => ({ authorization: 'Bearer t' }) });
  const [request] = server.requests;
  expect(request).toMatchObject({
    method: 'POST',
    url: '/prefix/api/v1/query',
    headers: { authorization: 'Bearer t' },
  });
  const form = new URLSearchParams(request?.body);
  expect(Object.fromEntries(form)).toEqual({ query: 'up{job="x"}', time: String(AT / 1000) + '.000' });
});

describe('a real Prometheus', () => {
  let prometheus: PrometheusServer;
  beforeAll(async () => {
    prometheus = await startPrometheus({ flags: ['--query.max-samples=10'] });
  });
  afterAll(() => prometheus?.stop());
  const ask = (promql: string, at: number) => queryPrometheus(sendByUrl({ url: prometheus.url }), 'it', promql, at);

  test('answers with times to the millisecond and values as they were written', async () => {
    const now = Date.now();
    const samples = [
      { time: now - 2_000, value: Number.NaN },
      { time: now - 1_001, value: 0.1 },
      { time: now - 7, value: Number.POSITIVE_INFINITY },
    ];
    await remoteWrite(prometheus.url, [{ labels: { __name__: 'written' }, samples }]);
    const { series, warnings, serverTime } = await ask('written[1m]', now);
    expect(series).toEqual([
      {
        labels: { __name__: 'written' },
        times: samples.map(({ time }) => time),
        values: samples.map(({ value }) => value),
      },
    ]);
    expect(warnings).toEqual([]);
    expect(Math.abs((serverTime ?? 0) - now)).toBeLessThan(60_000);
  });

  test('that refuses a query over its sample limit is told so', async () => {
    const now = Date.now();
    const samples = Array.from({ length: 20 }, (_, i) => ({ time: now - 20_000 + i * 1_000, value: i }));
    await remoteWrite(prometheus.url, [{ labels: { __name__: 'many' }, samples }]);
    await expect(ask('many[1m]', now)).rejects.toThrow(/^it stopped the query at its sample limit: .*too many samples/);
  });

  test('that finds no sense in a query says what it found', async () => {
    await expect(ask('up{', Date.now())).rejects.toThrow(/^it answered 400 to a query: .*parse error/);
  });
});
