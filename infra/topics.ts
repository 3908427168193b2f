import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type Deployment, nameOf } from './deployment.ts';

/** Two topics to subscribe to: what the checks found, and what is wrong with meshgraph itself. */
export class Topics extends Construct {
  readonly findings: Topic;
  readonly alarms: Topic;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    const topic = (name: string): Topic =>
      new Topic(this, name, {
        topicName: nameOf(deployment, name),
        masterKey: deployment.key,
        enforceSSL: true,
      });
    this.findings = topic('findings');
    this.alarms = topic('alarms');
    // A topic with a policy of its own has lost the one that lets CloudWatch in.
    this.alarms.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.alarms.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
