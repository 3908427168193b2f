import type { Deadline } from './deadline.ts';
import type { Log, Measure } from './telemetry.ts';

/** What a piece of work gets from the invocation it runs in. */
export type Run = {
  /** Its lines carry the service and what the message is about. */
  readonly log: Log;
  readonly measure: Measure;
  readonly deadline: Pick<Deadline, 'signal' | 'remainingMs'>;
};
