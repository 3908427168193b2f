import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';

type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** The handler of a function that both a queue feeds and a schedule starts: each event goes to the one it is for. */
export function queueOrSchedule(
  queue: Handler<SQSEvent, SQSBatchResponse>,
  schedule: Handler<unknown, void>,
): Handler<unknown, SQSBatchResponse | undefined> {
  return async (event, context) => {
    if (isQueueEvent(event)) return queue(event, context);
    await schedule(event, context);
    return undefined;
  };
}

const isQueueEvent = (event: unknown): event is SQSEvent =>
  typeof event === 'object' && event !== null && 'Records' in event && Array.isArray(event.Records);
