import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';

type RecordOptions = {
  readonly queue?: string;
  readonly group?: string;
  readonly attempt?: number;
  readonly body?: string;
};

/** A record as Lambda hands it over from SQS; `id` is its message's and its receipt's. */
export function sqsRecord(id: string, message: unknown, options: RecordOptions = {}): SQSRecord {
  const { queue = 'meshgraph-scans', group, attempt = 1, body = JSON.stringify(message) } = options;
  return {
    messageId: id,
    receiptHandle: `receipt-${id}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(attempt),
      SentTimestamp: '1795000000000',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1795000000001',
      ...(group !== undefined && { MessageGroupId: group, SequenceNumber: '18849496460467696128' }),
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:eu-central-1:123456789012:${queue}`,
    awsRegion: 'eu-central-1',
  };
}

export const sqsEvent = (...Records: SQSRecord[]): SQSEvent => ({ Records });

/** The context of an invocation that has so many milliseconds to go, by the real clock. */
export function lambdaContext(timeoutMs = 60_000, name = 'under-test'): Context {
  const end = Date.now() + timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${name}`,
    memoryLimitInMB: '256',
    awsRequestId: '00000000-0000-0000-0000-000000000000',
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => end - Date.now(),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
