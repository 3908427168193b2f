import { expect, test } from 'vitest';
import { awsError } from '../../../shared/domain/aws-error.ts';
import {
  ContractError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../shared/domain/errors.ts';

const call = { doing: 'reading s3://b/k', action: 's3:GetObject' };
const failed = (name: string, httpStatusCode?: number, headers?: Record<string, string>) =>
  Object.assign(new Error('said AWS'), { name, $metadata: { httpStatusCode }, $response: { headers } });

test.each([
  ['ThrottlingException', 400, UnavailableError, 'try again later'],
  ['RequestThrottled', 403, UnavailableError, 'try again later'],
  ['SlowDown', 503, UnavailableError, 'try again later'],
  ['InternalError', 500, UnavailableError, 'try again later'],
  ['Unheard', 502, UnavailableError, 'try again later'],
  ['ConditionalRequestConflict', 409, UnavailableError, 'try again later'],
  ['AccessDenied', 403, ForbiddenError, 'needs s3:GetObject'],
  ['AccessDeniedException', 400, ForbiddenError, 'needs s3:GetObject'],
  ['KMSAccessDeniedException', 400, ForbiddenError, 'needs s3:GetObject'],
  ['ExpiredToken', 400, ForbiddenError, 'credentials have expired'],
  ['ExpiredTokenException', 403, ForbiddenError, 'credentials have expired'],
  ['InvalidClientTokenId', 403, ForbiddenError, 'does not know the credentials'],
  ['CredentialsProviderError', undefined, ForbiddenError, 'does not know the credentials, or there are none'],
  ['NoSuchKey', 404, NotFoundError, 'it does not exist'],
  ['QueueDoesNotExist', 400, NotFoundError, 'it does not exist'],
  ['ResourceNotFoundException', 400, NotFoundError, 'it does not exist'],
  ['PermanentRedirect', 301, InvalidInputError, 'another region'],
  ['TimeoutError', undefined, UnavailableError, 'in a VPC by an endpoint or a NAT gateway'],
  ['MalformedXML', 400, ContractError, 'refused the request (400)'],
])('%s with status %s is told as what it is, with what to do', (name, status, kind, advice) => {
  const cause = failed(name, status);
  const error = awsError(cause, call);
  expect(error).toBeInstanceOf(kind);
  expect(error.message).toContain('reading s3://b/k failed');
  expect(error.message).toContain(advice);
  expect(error.cause).toBe(cause);
});

test('a region that nobody named is asked for, with where to name it', () => {
  const error = awsError(new Error('Region is missing'), call);
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error.message).toContain('name it with AWS_REGION, or aws.region');
});

test('what our own credentials threw through a client is not told twice, nor as something else', () => {
  const forbidden = new ForbiddenError('the role does not trust us');
  expect(awsError(forbidden, call)).toBe(forbidden);
});

test('the server’s own word on when to come back is kept', () => {
  const error = awsError(failed('SlowDown', 503, { 'retry-after': '7' }), call);
  expect((error as UnavailableError).retryAfterSeconds).toBe(7);
});
