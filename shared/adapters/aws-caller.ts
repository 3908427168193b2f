import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AWS_CLIENT } from '../domain/aws-client.ts';
import { awsError } from '../domain/aws-error.ts';
import type { AwsIdentity } from './aws-credentials.ts';

export type AwsCaller = { readonly account: string; readonly arn: string };

/** Whom AWS takes us for. Needs no permission. Throws the errors of shared/domain/errors.ts. */
export async function readAwsCaller({ region, credentials }: AwsIdentity): Promise<AwsCaller> {
  const client = new STSClient({ ...AWS_CLIENT, region: await region(), credentials: await credentials() });
  const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({})).catch((error) => {
    throw awsError(error, { doing: 'asking AWS who we are', action: 'sts:GetCallerIdentity' });
  });
  return { account: Account, arn: Arn };
}
