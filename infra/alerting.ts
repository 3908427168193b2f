import { Stack } from 'aws-cdk-lib';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlertRoute } from '../shared/domain/configuration/alerts.ts';
import type { EvaluationProps } from './evaluation.ts';
import { feed } from './feed.ts';
import { MeshFunction } from './function-defaults.ts';
import { encrypt, readSecret } from './grants.ts';
import { graphSecretOf } from './graph-secret.ts';
import type { Permission } from './permission.ts';

/** Tells people: SNS, Slack, EventBridge, Security Hub, as far as a route of the configuration says so. */
export class Alerting extends Construct {
  readonly functions: readonly MeshFunction[];

  constructor(
    scope: Construct,
    id: string,
    { deployment, queues, environment, topic }: EvaluationProps & { topic: Topic },
  ) {
    super(scope, id);
    const sender = new MeshFunction(this, 'send-alerts', deployment, environment);
    sender.allow(
      readSecret(this, graphSecretOf(deployment), 'address and login of Neo4j'),
      encrypt(deployment),
      ...deployment.configuration.alerts.routes.flatMap((route) => this.delivery(route, topic)),
    );
    feed(sender, queues, 'alerts');
    this.functions = [sender];
  }

  private delivery({ name, to }: AlertRoute, topic: Topic): Permission[] {
    const { partition, region, account } = Stack.of(this);
    const why = `the alerts of the route ${name}`;
    if ('sns' in to) return [{ why, actions: ['sns:Publish'], resources: [to.sns.topicArn ?? topic.topicArn] }];
    if ('slack' in to) {
      return 'secret' in to.slack.webhook ? [readSecret(this, to.slack.webhook.secret, `the webhook of ${name}`)] : [];
    }
    if ('events' in to) {
      const bus = Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
      return [{ why, actions: ['events:PutEvents'], resources: [bus] }];
    }
    const product = `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;
    return [{ why, actions: ['securityhub:BatchImportFindings'], resources: [product] }];
  }
}
