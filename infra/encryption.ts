import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { type Deployment, nameOf, removalOf } from './deployment.ts';

/** One key for everything that rests. It costs a dollar a month; data keys are reused, so requests cost next to nothing. */
export function encryptionKey(scope: Construct, deployment: Pick<Deployment, 'configuration'>): Key {
  const { region, account, partition } = Stack.of(scope);
  const key = new Key(scope, 'key', {
    description: 'meshgraph: observations, messages and logs',
    enableKeyRotation: true,
    removalPolicy: removalOf(deployment),
  });
  // In a key's own policy "*" is the key itself.
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LogsOfThisDeployment',
      principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': [
            `arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/${nameOf(deployment, '*')}`,
            `arn:${partition}:logs:${region}:${account}:log-group:/aws/vendedlogs/${nameOf(deployment, '*')}`,
          ],
        },
      },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsIntoTheTopic',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
  return key;
}
