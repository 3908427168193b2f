import { readAwsCaller } from '../../shared/adapters/aws-caller.ts';
import { awsIdentity } from '../../shared/adapters/aws-credentials.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { type ProbeGroup, tryTo } from './probe.ts';

/** Whose credentials these are, and whether they are of the account that is deployed to. */
export async function probeAws({ aws }: Configuration): Promise<ProbeGroup> {
  const identity = awsIdentity({ region: aws.region });
  const { probe } = await tryTo('AWS accepts the credentials', async () => {
    const { account, arn } = await readAwsCaller(identity);
    if (aws.account !== undefined && aws.account !== account) {
      throw new InvalidInputError(`expected credentials of account ${aws.account} (aws.account), got ${arn}`);
    }
    return { value: arn, title: `AWS accepts the credentials: ${arn} in ${await identity.region()}` };
  });
  return { name: 'aws', probes: [probe] };
}
