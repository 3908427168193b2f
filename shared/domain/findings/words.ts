import { formatDuration } from '../duration.ts';
import { formatInstant } from '../instant.ts';
import type { Life, Span } from './life.ts';

/** Why what was accepted is so no longer. */
export function reasonOfEnd({ acceptance, exception }: Life, at: number): string {
  if (acceptance) return `the acceptance by ${acceptance.by} ended ${formatInstant(acceptance.until)}`;
  if (exception && exception.until <= at)
    return `its exception in meshgraph.yaml ended ${formatInstant(exception.until)}`;
  return 'no exception in meshgraph.yaml accepts it any more';
}

/** Why what was there is over. */
export function reasonOfMissed({ parameters: before }: Life, quiet: Span | undefined, now: readonly string[]): string {
  if (before.join() !== now.join()) {
    return `its check asks for something else now: ${now.join(', ')} instead of ${before.join(', ') || 'no parameters'}`;
  }
  if (!quiet) return 'looked for and not found';
  const span = formatDuration(quiet.until - quiet.since);
  return `not seen in ${span} of traffic without a gap, up to ${formatInstant(quiet.until)}`;
}

/** What is to be said of a change beside the change: who did it, until when, and why. */
export function noteOf(before: Life | undefined, { state, history }: Life): string | undefined {
  const last = history.at(-1);
  if (before?.state === state || last === undefined) return undefined;
  const { by, why, until } = last;
  if (by === undefined) return why;
  if (state === 'open') return `reopened by ${by}: ${why}`;
  return `accepted by ${by}${until === undefined ? '' : ` until ${formatInstant(until)}`}: ${why}`;
}
