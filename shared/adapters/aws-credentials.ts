import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { AWS_CLIENT } from '../domain/aws-client.ts';
import { awsError } from '../domain/aws-error.ts';
import type { AwsPlace } from '../domain/configuration/aws-scalars.ts';
import { ContractError, InvalidInputError } from '../domain/errors.ts';

export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
};

/** Where requests go and who signs them. Asked before each signature, since credentials live for an hour or less. */
export type AwsIdentity = {
  readonly region: () => Promise<string>;
  readonly credentials: () => Promise<AwsCredentials>;
};

const SESSION_NAME = 'meshgraph';
/** A token signed with credentials is worth nothing once these have expired, so they are renewed well before. */
const RENEW_BEFORE_MS = 20 * 60_000;

/**
 * The identity at a place of the configuration: the credentials of AWS's default chain, or those of its role, which are
 * kept and renewed 20 minutes before they expire. Throws the errors of shared/domain/errors.ts.
 */
export function awsIdentity({ region, roleArn, externalId }: AwsPlace = {}, now: () => number = Date.now): AwsIdentity {
  const sts = new STSClient({ ...AWS_CLIENT, ...(region !== undefined && { region }) });
  const regionOf = () =>
    sts.config.region().catch((cause: unknown) => {
      throw new InvalidInputError('no AWS region is known: set AWS_REGION, or aws.region in meshgraph.yaml', { cause });
    });
  const own = () =>
    sts.config.credentials().catch((error: unknown) => {
      throw awsError(error, { doing: 'looking for AWS credentials', action: 'sts:GetCallerIdentity' });
    });
  if (roleArn === undefined) return { region: regionOf, credentials: own };
  const assume = async () => {
    await regionOf();
    return assumeRole(sts, roleArn, externalId);
  };
  return { region: regionOf, credentials: renewed(assume, now) };
}

/** One role session for everybody who asks at once; a failure is not kept. */
function renewed(make: () => Promise<AwsCredentials>, now: () => number): () => Promise<AwsCredentials> {
  let kept: Promise<AwsCredentials> | undefined;
  const renew = () => {
    const made = make();
    kept = made;
    made.catch(() => {
      if (kept === made) kept = undefined;
    });
    return made;
  };
  return async () => {
    const credentials = await (kept ?? renew());
    const expiresAt = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    return expiresAt - now() > RENEW_BEFORE_MS ? credentials : renew();
  };
}

async function assumeRole(sts: STSClient, roleArn: string, externalId: string | undefined): Promise<AwsCredentials> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: SESSION_NAME, ExternalId: externalId });
  const { Credentials: given } = await sts.send(command).catch((error) => {
    throw awsError(error, {
      doing: `assuming role ${roleArn}`,
      action: 'sts:AssumeRole',
      whenMissing: 'there is no such role',
    });
  });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
    throw new ContractError(`expected credentials from sts:AssumeRole of ${roleArn}, got none`);
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(Expiration && { expiration: Expiration }),
  };
}
