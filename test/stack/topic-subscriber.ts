import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { snsClient, sqsClient } from './aws-clients.ts';
import { ACCOUNT, REGION } from './emulator.ts';
import type { AwsAccess } from './signed-request.ts';

export type Published = { readonly body: string; readonly attributes: Readonly<Record<string, string>> };

/** Somebody who subscribed to a topic: `received` takes what has come since it was last asked. */
export type Subscriber = { readonly received: () => Promise<Published[]> };

/** A queue of a colleague's subscribes to the topic, with raw delivery, as the owner of the account would set it up. */
export async function subscribe(aws: AwsAccess, topicArn: string): Promise<Subscriber> {
  const sqs = sqsClient(aws);
  const name = 'colleague';
  const arn = `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arn,
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  };
  const Attributes = { Policy: JSON.stringify(policy) };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  await snsClient(aws).send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: arn,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  const next = () =>
    sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        VisibilityTimeout: 43_200,
      }),
    );
  return {
    received: async () => {
      const all: Published[] = [];
      for (let page = await next(); page.Messages?.length; page = await next()) {
        for (const { Body = '', MessageAttributes = {} } of page.Messages) {
          const attributes = Object.entries(MessageAttributes).map(([key, { StringValue = '' }]) => [key, StringValue]);
          all.push({ body: Body, attributes: Object.fromEntries(attributes) });
        }
      }
      return all;
    },
  };
}
