import { type AwsAccess, signedRequest } from './signed-request.ts';

type Schedule = { readonly Target: { readonly Arn: string; readonly Input?: string } };

/** Stops a schedule of EventBridge Scheduler, and tells what it would have started, and with what. */
export async function stopSchedule(aws: AwsAccess, name: string): Promise<{ functionName: string; input: unknown }> {
  const path = `/schedules/${name}`;
  const { status, text } = await signedRequest(aws, { service: 'scheduler', path });
  if (status !== 200) throw new Error(`there is no schedule ${name}: ${text}`);
  const stopped = await signedRequest(aws, { service: 'scheduler', method: 'DELETE', path });
  if (stopped.status !== 200) throw new Error(`the schedule ${name} was not stopped: ${stopped.text}`);
  const { Arn, Input = '{}' } = (JSON.parse(text) as Schedule).Target;
  return { functionName: Arn.split(':').at(-1) ?? '', input: JSON.parse(Input) };
}
