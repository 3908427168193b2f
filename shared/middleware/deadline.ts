import type { Context } from 'aws-lambda';
import { UnavailableError } from '../domain/errors.ts';

/** The part of a function's time-out after which no work goes on: the rest is for stopping cleanly. */
const SHARE = 0.8;

export type Deadline = {
  /** Aborted when the time is up. */
  readonly signal: AbortSignal;
  /** Milliseconds until then; negative afterwards. */
  readonly remainingMs: () => number;
  /** The work's result, or `DeadlineError` as soon as the time is up; the work is told by the signal. */
  readonly race: <Result>(work: Promise<Result>) => Promise<Result>;
  /** Lets the timer go. */
  readonly end: () => void;
};

/** The time is up. What was being done is done again by the next run. */
export class DeadlineError extends UnavailableError {
  override readonly name: string = 'DeadlineError';
}

/** The deadline of one invocation, counted from the time Lambda says is left at its beginning. */
export function startDeadline(context: Pick<Context, 'getRemainingTimeInMillis'>): Deadline {
  const reserve = context.getRemainingTimeInMillis() * (1 - SHARE);
  const remainingMs = () => context.getRemainingTimeInMillis() - reserve;
  const timeUp = new DeadlineError('stopped at 80 % of the function’s time-out: the next run goes on');
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(timeUp), Math.max(0, remainingMs()));
  return {
    signal: controller.signal,
    remainingMs,
    race: (work) => raceSignal(work, controller.signal),
    end: () => clearTimeout(timer),
  };
}

async function raceSignal<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  // Whichever ends later has nobody left to tell.
  work.catch(() => undefined);
  aborted.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
