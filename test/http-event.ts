import type { Context } from 'aws-lambda';
import type { HttpEvent } from '../shared/middleware/http-event.ts';

export type SentRequest = {
  readonly method?: string;
  /** Path and query as they stand in the request line. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Who the IAM authoriser says has signed; null for a route without an authoriser. */
  readonly userArn?: string | null;
};

export const CALLER = 'arn:aws:iam::123456789012:user/ops';

/** A request as API Gateway hands it to a function: HTTP API, payload 2.0 (AWS's page "Working with Lambda proxy integrations"). */
export function httpEvent({ method = 'GET', target, headers = {}, body, userArn = CALLER }: SentRequest): HttpEvent {
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  return {
    version: '2.0',
    routeKey: 'ANY /v1/{proxy+}',
    rawPath: decodeURIComponent(path),
    rawQueryString: query,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'api',
      http: { method, path: decodeURIComponent(path), protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'request',
      routeKey: 'ANY /v1/{proxy+}',
      stage: '$default',
      time: '24/Nov/2026:12:00:00 +0000',
      timeEpoch: 1_795_521_600_000,
      ...(userArn !== null && { authorizer: { iam: { userArn } } }),
    },
    ...(body !== undefined && { body: Buffer.from(body).toString('base64') }),
    isBase64Encoded: body !== undefined,
  };
}

/** What Lambda tells a function of its invocation, with 29 s left. */
export const lambdaContext = (name: string): Context => ({
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
  memoryLimitInMB: '1024',
  awsRequestId: 'request',
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: 'stream',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 29_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});
