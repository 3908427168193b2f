import { randomUUID } from 'node:crypto';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A message as somebody sent it. `group` in FIFO queues. */
export type Mail = { readonly body: string; readonly group?: string | undefined };

/** Takes all messages out of a queue that feeds nobody at the moment, oldest first. */
export async function takeMail(sqs: SQSClient, QueueUrl: string): Promise<Mail[]> {
  const mail: Mail[] = [];
  const next = () =>
    sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['MessageGroupId'] }),
    );
  for (let page = await next(); page.Messages?.length; page = await next()) {
    for (const { Body = '', ReceiptHandle, Attributes } of page.Messages) {
      mail.push({ body: Body, group: Attributes?.MessageGroupId });
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
  return mail;
}

/** Sends messages one by one, each as one that was never sent before. */
export async function sendMail(sqs: SQSClient, QueueUrl: string, mail: readonly Mail[]): Promise<void> {
  for (const { body, group } of mail) {
    const fifo = group === undefined ? {} : { MessageGroupId: group, MessageDeduplicationId: randomUUID() };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, ...fifo }));
  }
}
