import { type AwsAccess, signedRequest } from './signed-request.ts';

const PATH = '/2015-03-31/event-source-mappings/';

/** Whether a function takes messages from its queue. What it has taken it works off. */
export async function setFeed(aws: AwsAccess, functionName: string, enabled: boolean): Promise<void> {
  const query = { FunctionName: functionName };
  const listed = await signedRequest(aws, { service: 'lambda', path: PATH, query });
  const { EventSourceMappings: mappings } = JSON.parse(listed.text) as { EventSourceMappings: { UUID: string }[] };
  if (mappings.length === 0) throw new Error(`no queue feeds ${functionName}`);
  for (const { UUID } of mappings) {
    const body = JSON.stringify({ Enabled: enabled });
    const { status, text } = await signedRequest(aws, { service: 'lambda', method: 'PUT', path: PATH + UUID, body });
    if (status >= 300) throw new Error(`the feed of ${functionName} was not changed: ${text}`);
  }
}
