import { InvalidInputError, type MeshgraphError, UnavailableError } from '../../shared/domain/errors.ts';
import type { RouteFailure } from './send-along-route.ts';

const MOST_TOLD = 5;

/** All that failed as one error: UnavailableError, after the longest wait asked for, where asking again may help. */
export function failureOf(cluster: string, failures: readonly RouteFailure[]): MeshgraphError {
  const told = failures.slice(0, MOST_TOLD).map(({ route, error }) => `${route}: ${error.message}`);
  if (failures.length > MOST_TOLD) told.push(`and ${failures.length - MOST_TOLD} more`);
  const message = `alerts of ${cluster} were not delivered along ${told.join('; ')}`;
  const cause = failures[0]?.error;
  const passing = failures.map(({ error }) => error).filter((error) => error instanceof UnavailableError);
  if (passing.length === 0) return new InvalidInputError(message, { cause });
  const waits = passing.map(({ retryAfterSeconds }) => retryAfterSeconds).filter((seconds) => seconds !== undefined);
  return new UnavailableError(message, { cause, ...(waits.length > 0 && { retryAfterSeconds: Math.max(...waits) }) });
}
