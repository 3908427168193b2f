import { UnavailableError } from '../domain/errors.ts';
import { DeadlineError } from './deadline.ts';
import { mayPass } from './may-pass.ts';

const FIRST_SECONDS = 15;
const LONGEST_SECONDS = 900;

/**
 * How long a message that failed stays away before it is delivered again, in seconds. What may pass is tried after 15 s,
 * 30 s, 1 min and so on up to 15 min, or when the other side says; what will not pass is not kept waiting on its way to
 * the dead-letter queue, since messages behind it in its group wait too. `attempt` begins at 1.
 */
export function retryDelaySeconds(error: unknown, attempt: number): number {
  if (error instanceof DeadlineError) return 0;
  if (!mayPass(error)) return 1;
  const told = error instanceof UnavailableError ? error.retryAfterSeconds : undefined;
  const asked = told ?? FIRST_SECONDS * 2 ** Math.max(0, attempt - 1);
  return Math.ceil(Math.min(asked, LONGEST_SECONDS));
}
