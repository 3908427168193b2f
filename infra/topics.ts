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
  }
}
