import { expect, test } from 'vitest';
import { problem, problemResponse, RefusedRequestError } from '../../../shared/domain/api/problem.ts';
import {
  ContractError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../shared/domain/errors.ts';

test.each([
  [new InvalidInputError('a'), 400, 'Bad Request'],
  [new ForbiddenError('b'), 403, 'Forbidden'],
  [new NotFoundError('c'), 404, 'Not Found'],
  [new ContractError('d'), 502, 'Bad Gateway'],
  [new UnavailableError('e'), 503, 'Service Unavailable'],
  [new RefusedRequestError(405, 'f', { allow: 'GET' }), 405, 'Method Not Allowed'],
])('%s is answered in its own words', (error, status, title) => {
  const response = problemResponse(error);
  expect(response.status).toBe(status);
  expect(problem.parse(JSON.parse(response.body))).toEqual({
    type: 'about:blank',
    title,
    status,
    detail: error.message,
  });
  expect(response.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
  });
});

test('what a method or a wait is about stands in its header', () => {
  expect(problemResponse(new RefusedRequestError(405, 'x', { allow: 'GET' })).headers.allow).toBe('GET');
  expect(problemResponse(new UnavailableError('x', { retryAfterSeconds: 7 })).headers['retry-after']).toBe('7');
});

test('a fault of ours is a 500 that tells nothing of the inside', () => {
  const { status, body } = problemResponse(new TypeError('secret.password is undefined at /var/task/index.mjs'));
  expect(status).toBe(500);
  expect(body).not.toMatch(/secret|password|task/);
});
