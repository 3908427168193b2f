import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { startDeadline } from './deadline.ts';
import { openOnce } from './open-once.ts';
import type { Run } from './run.ts';
import { createTelemetry } from './telemetry.ts';

export type ScheduledWork<Deps> = {
  /** The function's name. */
  readonly service: string;
  /** Reads the configuration and connects; once a process, at the first run. */
  readonly open: () => Promise<Deps>;
  /** One run. Rejects when it should be run again: Lambda does so twice, then tells the function's failure destination. */
  readonly work: (deps: Deps, run: Run) => Promise<void>;
};

/** The handler of a function that a schedule starts. What the schedule sends is not looked at. Stops at 80 % of the time-out. */
export function scheduleHandler<Deps>({ service, open, work }: ScheduledWork<Deps>) {
  const { logger, measure, logOf } = createTelemetry(service);
  const opened = openOnce(open);
  return middy<unknown, void>()
    .use(injectLambdaContext(logger, { logEvent: false }))
    .handler(async (_event, context): Promise<void> => {
      const deadline = startDeadline(context);
      const log = logOf({});
      try {
        await deadline.race(opened().then((deps) => work(deps, { log, measure, deadline })));
      } catch (error) {
        log.error('the run failed', error);
        throw error;
      } finally {
        deadline.end();
      }
    });
}
