import { type AwsAccess, signedRequest } from './signed-request.ts';

export type Invocation = { readonly failed: boolean; readonly payload: unknown };

/** Invokes a function and waits for its answer, as the scheduler's target or `aws lambda invoke` does. */
export async function invoke(aws: AwsAccess, functionName: string, event: unknown): Promise<Invocation> {
  const path = `/2015-03-31/functions/${functionName}/invocations`;
  const sent = { service: 'lambda', method: 'POST', path, body: JSON.stringify(event) };
  const { status, headers, text } = await signedRequest(aws, sent);
  if (status !== 200) throw new Error(`${functionName} could not be invoked: ${status} ${text}`);
  return { failed: 'x-amz-function-error' in headers, payload: JSON.parse(text || 'null') };
}

export type DeployedFunction = {
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
  readonly MemorySize: number;
  readonly Timeout: number;
};

/** A function's settings, as they were deployed. */
export async function deployedFunction(aws: AwsAccess, functionName: string): Promise<DeployedFunction> {
  const path = `/2015-03-31/functions/${functionName}/configuration`;
  return JSON.parse((await signedRequest(aws, { service: 'lambda', path })).text) as DeployedFunction;
}

/** Changes a deployed function's settings, like its time-out in seconds. */
export async function configureFunction(aws: AwsAccess, functionName: string, settings: object): Promise<void> {
  const path = `/2015-03-31/functions/${functionName}/configuration`;
  const sent = { service: 'lambda', method: 'PUT', path, body: JSON.stringify(settings) };
  const { status, text } = await signedRequest(aws, sent);
  if (status !== 200) throw new Error(`${functionName} could not be changed: ${status} ${text}`);
}

/** Lines of a function's log in CloudWatch Logs, oldest first. */
export async function functionLog(aws: AwsAccess, functionName: string): Promise<string[]> {
  const lines: string[] = [];
  for (let nextToken: string | undefined = ''; nextToken !== undefined; ) {
    const { text } = await signedRequest(aws, {
      service: 'logs',
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.FilterLogEvents' },
      body: JSON.stringify({ logGroupName: `/aws/lambda/${functionName}`, ...(nextToken !== '' && { nextToken }) }),
    });
    const page = JSON.parse(text) as { events?: readonly { message: string }[]; nextToken?: string };
    lines.push(...(page.events ?? []).map(({ message }) => message));
    nextToken = page.nextToken;
  }
  return lines;
}
