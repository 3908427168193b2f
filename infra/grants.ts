import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import type { Permission } from './permission.ts';
import type { QueueName } from './queue-table.ts';
import type { Queues } from './queues.ts';
import { OBSERVATIONS_PREFIX } from './storage.ts';

/** What every function needs of the key: its environment is encrypted, and so is all that it reads. */
export const decrypt = ({ key }: Deployment): Permission => ({
  why: 'its environment is encrypted, and what it reads',
  actions: ['kms:Decrypt'],
  resources: [key.keyArn],
});

/** For whoever writes to the bucket, a queue or the topic; SQS asks senders for Decrypt as well. */
export const encrypt = ({ key }: Deployment): Permission => ({
  why: 'what it hands on rests encrypted',
  actions: ['kms:GenerateDataKey'],
  resources: [key.keyArn],
});

export const sendTo = (queues: Queues, ...names: QueueName[]): Permission => ({
  why: 'hands on what it found',
  actions: ['sqs:SendMessage'],
  resources: names.map((name) => queues.of(name).queue.queueArn),
});

/** No condition on the prefix: S3 says that an object is missing, not that it is forbidden, only to who may list. */
export const listKeys = (bucket: Bucket): Permission => ({
  why: 'the keys say what was read',
  actions: ['s3:ListBucket'],
  resources: [bucket.bucketArn],
});

export const readObservations = (bucket: Bucket): Permission => ({
  why: 'observations are named when they are made, hence the wildcard below their prefix',
  actions: ['s3:GetObject'],
  resources: [bucket.arnForObjects(`${OBSERVATIONS_PREFIX}*`)],
});

export const keepObservations = (bucket: Bucket): Permission => ({
  why: 'observations are named when they are made, hence the wildcard below their prefix',
  actions: ['s3:PutObject'],
  resources: [bucket.arnForObjects(`${OBSERVATIONS_PREFIX}*`)],
});

/** A secret named without its ARN gets six characters of AWS's choosing at the end of it, hence the question marks. */
export const readSecret = (scope: Construct, secret: string, why: string): Permission => ({
  why,
  actions: ['secretsmanager:GetSecretValue'],
  resources: [secretArn(scope, secret)],
});

function secretArn(scope: Construct, secret: string): string {
  if (secret.startsWith('arn:')) return /-[A-Za-z0-9]{6}$/.test(secret) ? secret : `${secret}-??????`;
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${secret}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
