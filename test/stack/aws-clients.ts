import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsAccess } from './signed-request.ts';

const configuration = ({ endpoint, region, credentials, ca }: AwsAccess) => ({
  endpoint,
  region,
  credentials,
  requestHandler: { httpsAgent: { ca } },
});

/** The SDK's clients, talking to the emulator. */
export const s3Client = (aws: AwsAccess) => new S3Client({ ...configuration(aws), forcePathStyle: true });
export const sqsClient = (aws: AwsAccess) => new SQSClient(configuration(aws));
export const snsClient = (aws: AwsAccess) => new SNSClient(configuration(aws));
export const secretsClient = (aws: AwsAccess) => new SecretsManagerClient(configuration(aws));
