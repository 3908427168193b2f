import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ApiRequest, ApiResponse } from '../domain/api/http.ts';

type Authorizer = {
  readonly iam?: { readonly userArn?: string | null } | null;
  readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } | null;
};

/** An event of an HTTP API, payload 2.0, with what its authoriser adds. */
export type HttpEvent = APIGatewayProxyEventV2 & {
  readonly requestContext: { readonly authorizer?: Authorizer | null };
};
export type HttpResult = APIGatewayProxyStructuredResultV2;

/** Nothing here is to be framed, sniffed, referred from or kept by a proxy in between. */
const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** An event as the API reads it. */
export function readHttpEvent({ requestContext, rawPath, rawQueryString, ...event }: HttpEvent): ApiRequest {
  const { body, isBase64Encoded } = event;
  return {
    method: requestContext.http.method,
    path: rawPath,
    query: rawQueryString,
    headers: Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: body === undefined || !isBase64Encoded ? body : Buffer.from(body, 'base64').toString(),
    caller: callerOf(requestContext.authorizer),
  };
}

export const toHttpResult = ({ status, headers, body }: ApiResponse): HttpResult => ({
  statusCode: status,
  headers: { ...SECURITY_HEADERS, ...headers },
  body,
});

/** IAM tells the ARN of who signed, a token its subject. */
function callerOf(authorizer: Authorizer | null | undefined): string | undefined {
  if (authorizer?.iam?.userArn) return authorizer.iam.userArn;
  const subject = authorizer?.jwt?.claims?.sub;
  return typeof subject === 'string' ? subject : undefined;
}
