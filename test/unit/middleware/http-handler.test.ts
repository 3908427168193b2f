import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ApiRequest } from '../../../shared/domain/api/http.ts';
import { UnavailableError } from '../../../shared/domain/errors.ts';
import { httpHandler } from '../../../shared/middleware/http-handler.ts';
import { CALLER, httpEvent, lambdaContext } from '../../http-event.ts';

const context = lambdaContext('answer-query');
let lines: string[] = [];
beforeEach(() => {
  lines = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  }
});
afterEach(() => vi.restoreAllMocks());

/** A handler that answers with the request as it read it. */
const mirror = httpHandler({
  service: 'answer-query',
  open: async () => undefined,
  work: async (_, request) => ({ status: 200, headers: {}, body: JSON.stringify(request) }),
});
const seenBy = async (...[sent]: Parameters<typeof httpEvent>): Promise<ApiRequest> =>
  JSON.parse((await mirror(httpEvent(sent), context)).body ?? '');

test('an event is read as a request: names of headers lowered, the body decoded, who signed', async () => {
  const sent = {
    method: 'POST',
    target: '/v1/cypher?a=b%20c',
    headers: { 'Content-Type': 'application/json' },
    body: '{"ü":1}',
  };
  expect(await seenBy(sent)).toEqual({
    method: 'POST',
    path: '/v1/cypher',
    query: 'a=b%20c',
    headers: { 'content-type': 'application/json' },
    body: '{"ü":1}',
    caller: CALLER,
  });
});

test('the caller is the signer, the subject of the token, or nobody', async () => {
  const event = httpEvent({ target: '/v1/health', userArn: null });
  const withToken = {
    ...event,
    requestContext: { ...event.requestContext, authorizer: { jwt: { claims: { sub: 'u-1' } } } },
  };
  expect(JSON.parse((await mirror(withToken, context)).body ?? '').caller).toBe('u-1');
  expect(JSON.parse((await mirror(event, context)).body ?? '')).not.toHaveProperty('caller');
});

test('every answer, also one that refuses, carries the security headers', async () => {
  const failing = httpHandler({
    service: 'answer-query',
    open: async () => undefined,
    work: () => Promise.reject(new UnavailableError('no answer from Neo4j', { retryAfterSeconds: 5 })),
  });
  for (const handler of [mirror, failing]) {
    expect((await handler(httpEvent({ target: '/v1/health' }), context)).headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
      'x-content-type-options': 'nosniff',
    });
  }
});

test('an error becomes a problem, and a configuration that cannot be read is tried again by the next request', async () => {
  let opened = 0;
  const handler = httpHandler({
    service: 'answer-query',
    open: async () => {
      opened += 1;
      if (opened === 1) throw new UnavailableError('Secrets Manager is throttling');
    },
    work: async () => ({ status: 200, headers: {}, body: '' }),
  });
  const event = httpEvent({ target: '/v1/health' });
  const { statusCode, body = '' } = await handler(event, context);
  expect({ statusCode, detail: JSON.parse(body).detail }).toEqual({
    statusCode: 503,
    detail: 'Secrets Manager is throttling',
  });
  expect((await handler(event, context)).statusCode).toBe(200);
});

test('work that never ends is a 503 at 80 % of the time-out', async () => {
  const hanging = httpHandler({
    service: 'answer-query',
    open: async () => undefined,
    work: () => new Promise(() => {}),
  });
  const answer = await hanging(httpEvent({ target: '/v1/health' }), { ...context, getRemainingTimeInMillis: () => 50 });
  expect(answer).toMatchObject({
    statusCode: 503,
    body: expect.stringContaining('try again, or ask for less'),
  });
});

test('one line a request is logged, without its query, body and headers', async () => {
  const headers = { authorization: 'AWS4-HMAC-SHA256 Signature=abc', 'content-type': 'application/json' };
  await mirror(
    httpEvent({ method: 'POST', target: '/v1/cypher?q=secret-query', headers, body: '{"s":"secret-body"}' }),
    context,
  );
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    service: 'answer-query',
    method: 'POST',
    path: '/v1/cypher',
    status: 200,
    caller: CALLER,
  });
  expect(lines[0]).not.toMatch(/secret|Signature/);
});
