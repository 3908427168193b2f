import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AWS_CLIENT } from '../domain/aws-client.ts';
import { awsError } from '../domain/aws-error.ts';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../domain/errors.ts';

/** Reads the text of a secret by name or ARN. An ARN says its region; a name is looked for in the one given or at hand. */
export type SecretReader = (nameOrArn: string, region?: string) => Promise<string>;

/** Secrets of AWS Secrets Manager, each as it is now. Throws the errors of shared/domain/errors.ts. */
export function awsSecrets(): SecretReader {
  const clients = new Map<string | undefined, SecretsManagerClient>();
  const clientOf = (region: string | undefined): SecretsManagerClient => {
    const client =
      clients.get(region) ?? new SecretsManagerClient({ ...AWS_CLIENT, ...(region !== undefined && { region }) });
    clients.set(region, client);
    return client;
  };
  return async (nameOrArn, asked) => {
    const client = clientOf(/^arn:[^:]+:secretsmanager:([^:]+):/.exec(nameOrArn)?.[1] ?? asked);
    const region = await client.config.region().catch((cause: unknown) => {
      throw new InvalidInputError(
        `no AWS region is known for secret ${nameOrArn}: give its ARN, or set aws.region or AWS_REGION`,
        { cause },
      );
    });
    const answer = await client.send(new GetSecretValueCommand({ SecretId: nameOrArn })).catch((error: Error) => {
      throw explain(error, nameOrArn, region);
    });
    if (answer.SecretString) return answer.SecretString;
    throw new InvalidInputError(`secret ${nameOrArn} of AWS Secrets Manager is empty or binary: expected text`);
  };
}

function explain(error: Error, nameOrArn: string, region: string): Error {
  const doing = `reading secret ${nameOrArn} of AWS Secrets Manager in ${region}`;
  if (error.name === 'InvalidRequestException' && /delet/i.test(error.message)) {
    return new NotFoundError(`${doing} failed: it is marked for deletion, restore it or name another`, {
      cause: error,
    });
  }
  if (error.name === 'DecryptionFailure') {
    return new ForbiddenError(`${doing} failed: the caller needs kms:Decrypt on the key it is encrypted with`, {
      cause: error,
    });
  }
  return awsError(error, {
    doing,
    action: 'secretsmanager:GetSecretValue',
    whenMissing: 'create it, or give its ARN if it is in another region or account',
  });
}
