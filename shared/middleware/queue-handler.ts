import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { z } from 'zod';
import { UnavailableError } from '../domain/errors.ts';
import type { MetricName } from '../domain/metrics.ts';
import { type AboutMessage, aboutMessage } from './about-message.ts';
import { type Deadline, DeadlineError, startDeadline } from './deadline.ts';
import { mayPass } from './may-pass.ts';
import { openOnce } from './open-once.ts';
import { type Postpone, sqsPostpone } from './postpone.ts';
import { HeldBackError, type Outcome, workThroughBatch } from './queue-batch.ts';
import { readMessage } from './read-message.ts';
import { retryDelaySeconds } from './retry-delay.ts';
import type { Run } from './run.ts';
import { createTelemetry, type Telemetry } from './telemetry.ts';

export type QueueWork<Message, Deps> = {
  /** The function's name. */
  readonly service: string;
  /** The schema of its messages (shared/domain/messages). */
  readonly message: z.ZodType<Message>;
  /** Reads the configuration and connects; once a process, at the first message. */
  readonly open: () => Promise<Deps>;
  /** Does what one message asks. Rejects when it should be delivered again. */
  readonly work: (deps: Deps, message: Message, run: Run) => Promise<void>;
  /** Counted, with the message's cluster, when its work fails. */
  readonly failureMetric?: MetricName;
  readonly postpone?: Postpone;
};

/**
 * The handler of a function that a queue feeds. Messages are worked on one after another; those that failed, and in a
 * FIFO queue those behind them in their group, are returned (ReportBatchItemFailures) and come again after a while that
 * depends on the error, until the queue's maxReceiveCount sends them to its dead-letter queue. Nothing runs past 80 % of
 * the time-out.
 */
export function queueHandler<Message extends object, Deps>(work: QueueWork<Message, Deps>) {
  const telemetry = createTelemetry(work.service);
  const open = openOnce(work.open);
  const postpone = openOnce(async () => work.postpone ?? sqsPostpone());
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(telemetry.logger, { logEvent: false }))
    .handler(async ({ Records }, context): Promise<SQSBatchResponse> => {
      const deadline = startDeadline(context);
      try {
        const one = (record: SQSRecord) => workOnRecord(work, open, record, { telemetry, deadline });
        const timeUp = () => (deadline.remainingMs() > 0 ? undefined : new DeadlineError('no time left to begin it'));
        const failed = await workThroughBatch(Records, one, timeUp);
        for (const outcome of failed) await sendBack(outcome, await postpone(), telemetry);
        return { batchItemFailures: failed.map(({ record }) => ({ itemIdentifier: record.messageId })) };
      } finally {
        deadline.end();
      }
    });
}

type Invocation = { readonly telemetry: Telemetry; readonly deadline: Deadline };

async function workOnRecord<Message extends object, Deps>(
  { message: schema, work, failureMetric }: QueueWork<Message, Deps>,
  open: () => Promise<Deps>,
  { body, messageId, attributes }: SQSRecord,
  { telemetry: { logOf, measure }, deadline }: Invocation,
): Promise<void> {
  const delivery = { delivery: messageId, attempt: Number(attributes.ApproximateReceiveCount) };
  let about: AboutMessage = {};
  try {
    const message = readMessage(body, schema);
    about = aboutMessage(message);
    const log = logOf({ ...about, ...delivery });
    await deadline.race(open().then((deps) => work(deps, message, { log, measure, deadline })));
  } catch (error) {
    const passing = mayPass(error);
    if (error instanceof DeadlineError) measure('DeadlineReached', 1);
    else if (failureMetric !== undefined) measure(failureMetric, 1, about.cluster);
    if (!(error instanceof UnavailableError)) measure('MessageRefused', 1);
    logOf({ ...about, ...delivery }).error(passing ? 'will be tried again' : 'failed: no retry will help', error);
    throw error;
  }
}

/** A message that could not be postponed comes back when its visibility time-out ends: later, but it comes. */
async function sendBack({ record, error }: Outcome, postpone: Postpone, { logOf }: Telemetry): Promise<void> {
  const cause = error instanceof HeldBackError ? error.cause : error;
  const seconds = retryDelaySeconds(cause, Number(record.attributes.ApproximateReceiveCount));
  await postpone(record, seconds).catch((failure) =>
    logOf({ delivery: record.messageId }).error('could not be postponed', failure),
  );
}
