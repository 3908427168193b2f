import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { ApiRequest, ApiResponse } from '../domain/api/http.ts';
import { problemResponse } from '../domain/api/problem.ts';
import { UnavailableError } from '../domain/errors.ts';
import { DeadlineError, startDeadline } from './deadline.ts';
import { type HttpEvent, type HttpResult, readHttpEvent, toHttpResult } from './http-event.ts';
import { openOnce } from './open-once.ts';
import { createTelemetry, type Log } from './telemetry.ts';

export type HttpWork<Deps> = {
  /** The function's name. */
  readonly service: string;
  /** Reads the configuration and connects; once a process, at the first request. */
  readonly open: () => Promise<Deps>;
  /** Answers one request, or throws the error to answer with. */
  readonly work: (deps: Deps, request: ApiRequest) => Promise<ApiResponse>;
};

/**
 * The handler of a function behind an HTTP API (payload 2.0). Errors become problem details, of ours in their words; one
 * line a request is logged, without its query and bodies. Nothing runs past 80 % of the time-out.
 */
export function httpHandler<Deps>({ service, open, work }: HttpWork<Deps>) {
  const { logger, logOf } = createTelemetry(service);
  const opened = openOnce(open);
  return middy<HttpEvent, HttpResult>()
    .use(injectLambdaContext(logger, { logEvent: false }))
    .handler(async (event, context): Promise<HttpResult> => {
      const started = Date.now();
      const deadline = startDeadline(context);
      const request = readHttpEvent(event);
      const log = logOf({ method: request.method, path: request.path, caller: request.caller });
      try {
        const response = await deadline.race(opened().then((deps) => work(deps, request)));
        log.info('answered', { status: response.status, ms: Date.now() - started });
        return toHttpResult(response);
      } catch (error) {
        return toHttpResult(refuse(told(error), log, Date.now() - started));
      } finally {
        deadline.end();
      }
    });
}

/** Here no next run goes on. */
const told = (error: unknown): unknown =>
  error instanceof DeadlineError
    ? new UnavailableError(
        'the answer takes longer than a request may: try again, or ask for less, like a shorter period',
        {
          cause: error,
        },
      )
    : error;

function refuse(error: unknown, log: Log, ms: number): ApiResponse {
  const response = problemResponse(error);
  if (response.status >= 500) log.error('not answered', error, { status: response.status, ms });
  else log.info('refused', { status: response.status, ms, reason: (error as Error).message });
  return response;
}
