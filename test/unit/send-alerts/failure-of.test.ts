import { expect, test } from 'vitest';
import { failureOf } from '../../../functions/send-alerts/failure-of.ts';
import { ForbiddenError, UnavailableError } from '../../../shared/domain/errors.ts';

const gone = { route: 'ops', error: new ForbiddenError('the webhook was revoked') };
const busy = (retryAfterSeconds?: number) => ({
  route: 'sns',
  error: new UnavailableError('busy', retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});

test('what will not pass goes to the dead letters, with every route’s reason', () => {
  const error = failureOf('prod', [gone, { ...gone, route: 'dev' }]);
  expect(error).not.toBeInstanceOf(UnavailableError);
  expect(error.message).toBe(
    'alerts of prod were not delivered along ops: the webhook was revoked; dev: the webhook was revoked',
  );
  expect(error.cause).toBe(gone.error);
});

test('as long as one may pass it is tried again, after the longest wait asked for', () => {
  expect(failureOf('prod', [gone, busy(30), busy(120)])).toMatchObject({ status: 503, retryAfterSeconds: 120 });
  expect(failureOf('prod', [busy()])).toMatchObject({ status: 503, retryAfterSeconds: undefined });
});

test('a long list of reasons is cut', () => {
  const error = failureOf('prod', Array(40).fill(gone));
  expect(error.message).toMatch(/; and 35 more$/);
});
