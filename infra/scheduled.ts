import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Deployment, nameOf } from './deployment.ts';
import type { MeshFunction } from './function-defaults.ts';
import { decrypt, encrypt } from './grants.ts';

/** A function on a schedule. A run that could not be started, or failed three times, leaves its event in `failedRuns`. */
export class Scheduled extends Construct {
  constructor(target: MeshFunction, deployment: Deployment, failedRuns: Queue, expression: string) {
    super(target, 'schedule');
    const remember = {
      why: 'a run that failed leaves its event there',
      actions: ['sqs:SendMessage'],
      resources: [failedRuns.queueArn],
    };
    const start = {
      why: 'starts the function',
      actions: ['lambda:InvokeFunction'],
      resources: [target.lambda.functionArn],
    };
    target.allow(encrypt(deployment), remember);
    const retries = new CfnEventInvokeConfig(this, 'retries', {
      functionName: target.lambda.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 3600,
      destinationConfig: { onFailure: { destination: failedRuns.queueArn } },
    });
    // Lambda refuses a destination that the role may not send to.
    retries.node.addDependency(target.role);

    const role = new Role(this, 'role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description: `Starts ${target.node.id} on its schedule`,
    });
    for (const { actions, resources } of [start, remember, decrypt(deployment), encrypt(deployment)]) {
      role.addToPrincipalPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    }
    const schedule = new CfnSchedule(this, 'schedule', {
      name: nameOf(deployment, target.node.id),
      description: `Starts ${target.node.id}`,
      scheduleExpression: expression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.lambda.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: failedRuns.queueArn },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
      },
    });
    schedule.node.addDependency(role);
  }
}
