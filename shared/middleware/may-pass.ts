import { ForbiddenError, UnavailableError } from '../domain/errors.ts';

/**
 * Whether the same message may succeed later: after an outage, or once somebody has mended a login, an access entry or a
 * policy. What is wrong in the message itself, or in our code, stays wrong.
 */
export const mayPass = (error: unknown): boolean =>
  error instanceof UnavailableError || error instanceof ForbiddenError;
