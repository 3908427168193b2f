import { randomUUID } from 'node:crypto';
import type { Mail } from '../stack/mail.ts';

/** The event a queue's mapping makes of one message. */
export const queueEvent = (queue: string, { body, group }: Mail): object => ({
  Records: [
    {
      messageId: randomUUID(),
      receiptHandle: 'bench',
      body,
      attributes: { ApproximateReceiveCount: '1', ...(group !== undefined && { MessageGroupId: group }) },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
      awsRegion: 'us-east-1',
    },
  ],
});

/** The event of a signed request to an HTTP API (payload 2.0). */
export function httpEvent(method: string, path: string, query: Readonly<Record<string, string>> = {}, body?: object) {
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { 'content-type': 'application/json' },
    queryStringParameters: query,
    requestContext: {
      requestId: randomUUID(),
      stage: '$default',
      http: { method, path, sourceIp: '127.0.0.1', protocol: 'HTTP/1.1', userAgent: 'bench' },
      authorizer: { iam: { userArn: 'arn:aws:iam::000000000000:user/bench' } },
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}
