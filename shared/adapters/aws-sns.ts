import { type MessageAttributeValue, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { RefusedMessageError } from '../domain/alerts/channel.ts';
import type { SnsAttribute, SnsMessage } from '../domain/alerts/sns-message.ts';
import { AWS_CLIENT } from '../domain/aws-client.ts';
import { awsError } from '../domain/aws-error.ts';

export type PublishToTopic = (message: SnsMessage) => Promise<void>;

/** Publishes to a standard topic, in the region its ARN names. */
export function snsTopic(topicArn: string, client: SNSClient = clientOf(topicArn)): PublishToTopic {
  return async ({ subject, body, attributes }) => {
    const command = new PublishCommand({
      TopicArn: topicArn,
      Subject: subject,
      Message: body,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [name, attributeValue(value)]),
      ),
    });
    await client.send(command).catch((error: Error) => {
      if (/^InvalidParameter(Value)?(Exception)?$/.test(error.name) && !/TopicArn/.test(error.message)) {
        throw new RefusedMessageError(`SNS does not take this message: ${error.message}`, { cause: error });
      }
      throw awsError(error, {
        doing: `publishing to ${topicArn}`,
        action: 'sns:Publish',
        whenMissing: 'there is no such topic: check topicArn of the route',
      });
    });
  };
}

const clientOf = (topicArn: string): SNSClient =>
  new SNSClient({ ...AWS_CLIENT, region: topicArn.split(':')[3] ?? '' });

const attributeValue = (value: SnsAttribute): MessageAttributeValue =>
  typeof value === 'string'
    ? { DataType: 'String', StringValue: value }
    : { DataType: 'String.Array', StringValue: JSON.stringify(value) };
