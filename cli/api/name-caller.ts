import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AWS_CLIENT } from '../../shared/domain/aws-client.ts';

const TIMEOUT_MS = 5_000;

export type CallerName = { readonly arn: string; readonly account: string | undefined };

/** Who AWS says the credentials at hand are. Only for words, so a failure is a word too. */
export async function nameCaller(region: string | undefined): Promise<CallerName> {
  const sts = new STSClient({ ...AWS_CLIENT, ...(region !== undefined && { region }) });
  try {
    const abortSignal = AbortSignal.timeout(TIMEOUT_MS);
    const { Arn, Account } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal });
    return { arn: Arn ?? 'an unknown identity', account: Account };
  } catch {
    const credentials = await sts.config.credentials().catch(() => undefined);
    return { arn: `the access key ${credentials?.accessKeyId ?? '(none)'}`, account: undefined };
  }
}
